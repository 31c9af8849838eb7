package dev.matrix.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server on one address for tests of what no server library would do: it reads one HTTP/1.1 request a connection, does to
 * the connection what its script says, and hangs up. Bodies are read by their Content-Length. Thread-safe.
 */
public final class RawServer implements AutoCloseable {

    private static final String LENGTH = "content-length:";
    private static final int DRIP_MILLIS = 20;

    /** What happens to a connection once a request has been read from it; played on a thread of the connection's own. */
    @FunctionalInterface
    public interface Script {

        /**
         * Plays it; the connection is closed after it.
         *
         * @throws IOException when the far side has hung up, which ends it
         */
        void play(Socket peer) throws IOException;
    }

    /** Two servers at one port of two addresses, which one URL reaches as its name resolves. */
    public record Pair(RawServer one, RawServer other) implements AutoCloseable {

        private static final int TRIES = 20;

        /**
         * Starts both with the same script.
         *
         * @throws IOException when either address can't be listened on
         */
        public static Pair on(InetAddress address, InetAddress second, Script script) throws IOException {
            // The port that the first gets may be somebody else's at the second address: then another is taken.
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
    private final Script script;
    private final Thread acceptor;
    private final AtomicInteger requests = new AtomicInteger();
    private final LinkedBlockingQueue<Integer> peers = new LinkedBlockingQueue<>();

    private RawServer(InetAddress address, int port, Script script) throws IOException {
        this.script = requireNonNull(script, "script");
        this.listener = new ServerSocket(port, 50, requireNonNull(address, "address"));
        this.acceptor = start(this::accept);
    }

    /**
     * Starts one at any free port.
     *
     * @throws IOException when the address can't be listened on
     */
    public static RawServer on(InetAddress address, Script script) throws IOException {
        return new RawServer(address, 0, script);
    }

    /** Sends these bytes; a character is one byte. */
    public static Script answering(String reply) {
        byte[] bytes = reply.getBytes(ISO_8859_1);
        return peer -> peer.getOutputStream().write(bytes);
    }

    /** Sends these bytes, then one more each 20 ms for as long as anybody listens. */
    public static Script dripping(String start) {
        byte[] bytes = start.getBytes(ISO_8859_1);
        return peer -> {
            peer.getOutputStream().write(bytes);
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
     * @param taken counts the bytes of the second that the connection has taken
     */
    public static Script endless(String start, String again, AtomicLong taken) {
        byte[] bytes = start.getBytes(ISO_8859_1);
        byte[] piece = again.getBytes(ISO_8859_1);
        return peer -> {
            OutputStream out = peer.getOutputStream();
            out.write(bytes);
            while (true) {
                out.write(piece);
                taken.addAndGet(piece.length);
            }
        };
    }

    /** Where it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** How many requests have been read. */
    public int requests() {
        return requests.get();
    }

    /**
     * Whether nobody has connected yet: the first connection that is accepted is one made here and now. Asked once at most.
     *
     * @throws IOException when it is closed
     */
    public boolean untouched() throws IOException, InterruptedException {
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
            if (hasRead(new BufferedReader(new InputStreamReader(peer.getInputStream(), ISO_8859_1)))) {
                requests.incrementAndGet();
                script.play(peer);
            }
        } catch (IOException gone) {
            // The far side hung up, which is what many of these tests are about.
        }
    }

    /** Whether a whole request came; a character is one byte. */
    private static boolean hasRead(BufferedReader in) throws IOException {
        int length = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty()) {
                return in.skip(length) == length;
            }
            if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                length = Integer.parseInt(line.substring(LENGTH.length()).strip());
            }
        }
        return false;
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Accepts nothing more; what is connected stays so until its script ends. May be called again. */
    @Override
    public void close() throws IOException {
        listener.close();
        try {
            // While a thread still waits in accept, a connection could slip in.
            acceptor.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
