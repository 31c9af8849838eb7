package dev.matrix.okhttp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on one address that reads a request's head and body, then does to the socket what its script says. */
final class RawServer implements AutoCloseable {

    /** What happens to a connection once a request has been read from it. */
    interface Script {
        void play(OutputStream out, CountDownLatch closed) throws Exception;
    }

    /** Two at one port of two addresses. */
    record Pair(RawServer one, RawServer other) implements AutoCloseable {

        private static final int TRIES = 20;

        /** The port that the first gets may be somebody else's at the second address: then another is taken. */
        static Pair on(InetAddress address, InetAddress second, Script script) throws IOException {
            for (int tried = 1; ; tried++) {
                RawServer one = RawServer.on(address, script);
                try {
                    return new Pair(one, new RawServer(second, one.port(), script));
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

    private final ServerSocket listener;
    private final Thread acceptor;
    private final Script script;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private final LinkedBlockingQueue<Integer> peers = new LinkedBlockingQueue<>();

    private RawServer(InetAddress address, int port, Script script) throws IOException {
        this.listener = new ServerSocket(port, 50, address);
        this.script = script;
        this.acceptor = start(this::accept);
    }

    static RawServer on(InetAddress address, Script script) throws IOException {
        return new RawServer(address, 0, script);
    }

    /** Answers each request with these bytes and closes the connection. */
    static Script answering(String reply) {
        return (out, closed) -> out.write(reply.getBytes(ISO_8859_1));
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
        } catch (IOException closing) {
            closed.countDown();
        }
    }

    private void serve(Socket peer) {
        try (peer) {
            BufferedReader in = new BufferedReader(new InputStreamReader(peer.getInputStream(), ISO_8859_1));
            int length = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("Content-Length: ")) {
                    length = Integer.parseInt(line.substring("Content-Length: ".length()));
                }
                if (line.isEmpty()) {
                    in.skip(length);
                    requests.incrementAndGet();
                    script.play(peer.getOutputStream(), closed);
                    return;
                }
            }
        } catch (Exception gone) {
            // The far side hung up, which is what many of these tests are about.
        }
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** From here on connections are refused: while a thread still waits in accept, one could slip in. */
    void stop() throws IOException {
        closed.countDown();
        listener.close();
        try {
            acceptor.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
