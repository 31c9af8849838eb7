package dev.matrix.examples.benchmarks.webhooks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * A receiver as a process of its own: one thread, non-blocking, HTTP/1.1 with keep-alive. It answers 200 to everything but
 * {@code /hang…}, which it never answers, {@code /slow…}, which it answers after a second, and {@code /journal}, which it answers with the arrival of each request for a
 * numbered event. It ends when its standard input does, so it never outlives the harness.
 */
public final class Receiver {

    /** Begins the id of every event that is journaled; its number follows. */
    static final String NUMBERED = "n-";

    static final String HANG = "/hang";
    static final String SLOW = "/slow";
    static final String JOURNAL = "/journal";

    private static final byte[] OK = ascii("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    private static final int BACKLOG = 4_096;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private record Owed(SocketChannel client, long dueNanos) {}

    private final InstantSource clock = InstantSource.system();
    private final Selector selector;
    private final ServerSocketChannel server;
    private final List<String> journal = new ArrayList<>();
    private final Queue<Owed> owed = new ArrayDeque<>();

    private Receiver(Selector selector, ServerSocketChannel server) {
        this.selector = selector;
        this.server = server;
    }

    public static void main(String[] arguments) throws IOException {
        Thread parent = new Thread(Receiver::exitWithParent, "parent");
        parent.setDaemon(true);
        parent.start();
        Selector selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        System.out.println(server.socket().getLocalPort());
        new Receiver(selector, server).serve();
    }

    private static void exitWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Only its end counts.
            }
        } catch (IOException e) {
            System.err.println("Lost the harness: " + e);
        }
        System.exit(0);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void serve() throws IOException {
        while (true) {
            selector.select(untilNextOwed());
            payOwed();
            for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                SelectionKey key = keys.next();
                keys.remove();
                if (key.isAcceptable()) {
                    accept();
                } else {
                    read(key);
                }
            }
        }
    }

    /** In milliseconds; 0 waits for a request, however long. */
    private long untilNextOwed() {
        Owed next = owed.peek();
        return next == null ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(next.dueNanos - System.nanoTime()));
    }

    private void payOwed() {
        for (Owed next = owed.peek(); next != null && next.dueNanos <= System.nanoTime(); next = owed.peek()) {
            owed.remove();
            try {
                write(next.client, OK);
            } catch (IOException gone) {
                // Its key is cancelled as it is read next.
            }
        }
    }

    private void accept() throws IOException {
        for (SocketChannel client = server.accept(); client != null; client = server.accept()) {
            client.configureBlocking(false);
            client.socket().setTcpNoDelay(true);
            client.register(selector, SelectionKey.OP_READ, new RequestReader());
        }
    }

    private void read(SelectionKey key) {
        SocketChannel client = (SocketChannel) key.channel();
        RequestReader reader = (RequestReader) key.attachment();
        try {
            if (!reader.fill(client, clock)) {
                client.close();
                return;
            }
            for (RequestReader.Request request = reader.next(); request != null; request = reader.next()) {
                answer(client, request);
            }
        } catch (IOException gone) {
            key.cancel();
        }
    }

    private void answer(SocketChannel client, RequestReader.Request request) throws IOException {
        if (request.path().startsWith(JOURNAL)) {
            byte[] body = ascii(String.join("\n", journal));
            journal.clear();
            write(client, ascii("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n"));
            write(client, body);
        } else {
            if (!request.id().isEmpty()) {
                journal.add(request.id() + " " + request.arrivedMicros());
            }
            if (request.path().startsWith(SLOW)) {
                owed.add(new Owed(client, System.nanoTime() + SECOND));
            } else if (!request.path().startsWith(HANG)) {
                write(client, OK);
            }
        }
    }

    /** Replies are small and the harness reads them: the socket takes them at once, or after a moment. */
    private static void write(SocketChannel client, byte[] bytes) throws IOException {
        for (ByteBuffer left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
            client.write(left);
        }
    }
}
