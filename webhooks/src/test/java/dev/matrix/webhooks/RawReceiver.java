package dev.matrix.webhooks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A receiver on one address that reads a request, then does to the connection what its script says, and hangs up. */
final class RawReceiver implements AutoCloseable {

    /** What happens to a connection once a request has been read from it. */
    interface Script {
        void play(Socket peer) throws IOException;
    }

    /** Two at one port of two addresses. */
    record Pair(RawReceiver one, RawReceiver other) implements AutoCloseable {

        private static final int TRIES = 20;

        /** The port that the first gets may be somebody else's at the second address: then another is taken. */
        static Pair on(InetAddress address, InetAddress second, Script script) throws IOException {
            for (int tried = 1; ; tried++) {
                RawReceiver one = RawReceiver.on(address, script);
                try {
                    return new Pair(one, new RawReceiver(second, one.port(), script));
                } catch (BindException taken) {
                    one.close();
                    if (tried == TRIES) {
                        throw taken;
                    }
                }
            }
        }

        @Override
        public void close() throws IOException {
            one.close();
            other.close();
        }
    }

    private static final String LENGTH = "content-length:";
    private static final int DRIP_MILLIS = 20;

    private final ServerSocket listener;
    private final Script script;
    private final AtomicInteger requests = new AtomicInteger();
    private final LinkedBlockingQueue<Integer> peers = new LinkedBlockingQueue<>();

    private RawReceiver(InetAddress address, int port, Script script) throws IOException {
        this.listener = new ServerSocket(port, 50, address);
        this.script = script;
        start(this::accept);
    }

    static RawReceiver on(InetAddress address, Script script) throws IOException {
        return new RawReceiver(address, 0, script);
    }

    /** Sends these bytes; a character is one byte. */
    static Script answering(String reply) {
        return peer -> peer.getOutputStream().write(reply.getBytes(ISO_8859_1));
    }

    /** Sends these bytes, then one more each 20 ms for as long as anybody listens. */
    static Script dripping(String start) {
        return peer -> {
            peer.getOutputStream().write(start.getBytes(ISO_8859_1));
            peer.setSoTimeout(DRIP_MILLIS);
            while (true) {
                try {
                    peer.getInputStream().read();
                    return;
                } catch (SocketTimeoutException stillThere) {
                    peer.getOutputStream().write('x');
                }
            }
        };
    }

    /**
     * Sends the first, then the second for as long as anybody listens.
     *
     * @param taken counts the bytes that the connection has taken
     */
    static Script endless(String start, String again, AtomicLong taken) {
        byte[] piece = again.getBytes(ISO_8859_1);
        return peer -> {
            OutputStream out = peer.getOutputStream();
            out.write(start.getBytes(ISO_8859_1));
            while (true) {
                out.write(piece);
                taken.addAndGet(piece.length);
            }
        };
    }

    /** Hangs up without a word. */
    static Script resetting() {
        return peer -> peer.setSoLinger(true, 0);
    }

    int port() {
        return listener.getLocalPort();
    }

    int requests() {
        return requests.get();
    }

    /** Whether nobody has connected yet: the first connection that is accepted is one made here and now. */
    boolean untouched() throws IOException, InterruptedException {
        try (Socket own = new Socket(listener.getInetAddress(), port())) {
            return peers.take() == own.getLocalPort();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket peer = listener.accept();
                peers.add(peer.getPort());
                start(() -> serve(peer));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket peer) {
        try (peer) {
            if (readRequest(peer.getInputStream())) {
                requests.incrementAndGet();
                script.play(peer);
            }
        } catch (IOException gone) {
            // The far side hung up, which is what many of these tests are about.
        }
    }

    private static boolean readRequest(InputStream in) throws IOException {
        int length = 0;
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                length = Integer.parseInt(line.substring(LENGTH.length()).strip());
            }
        }
        return length > 0 && in.readNBytes(length).length == length;
    }

    private static String readLine(InputStream in) throws IOException {
        ByteBuffer line = ByteBuffer.allocate(16 << 10);
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.put((byte) next);
        }
        return new String(line.array(), 0, line.position(), ISO_8859_1).strip();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "raw-receiver");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
