package dev.matrix.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A server that keeps its connections: it reads one HTTP/1.1 request after the other, and does with each what its script says.
 * Bodies are read by their Content-Length. Thread-safe.
 */
final class KeptServer implements AutoCloseable {

    /** What happens once a request has been read. */
    @FunctionalInterface
    interface Script {

        /**
         * Plays it.
         *
         * @param id the request's {@code X-Id}
         * @return whether the connection goes on to the next request; else it is closed
         */
        boolean play(String id, Socket peer) throws IOException;
    }

    private static final String ID = "x-id:";
    private static final String LENGTH = "content-length:";

    private final ServerSocket listener;
    private final Script script;
    private final List<String> read = new CopyOnWriteArrayList<>();
    private final Set<Socket> peers = ConcurrentHashMap.newKeySet();

    private KeptServer(InetAddress address, Script script) throws IOException {
        this.listener = new ServerSocket(0, 500, address);
        this.script = script;
        start(this::accept);
    }

    /** Starts one at any free port. */
    static KeptServer on(InetAddress address, Script script) throws IOException {
        return new KeptServer(address, script);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The {@code X-Id} of each request read so far. */
    List<String> read() {
        return read;
    }

    static void write(Socket peer, String bytes) throws IOException {
        peer.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    }

    private void accept() {
        try {
            while (true) {
                Socket peer = listener.accept();
                peers.add(peer);
                start(() -> serve(peer));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket peer) {
        try (peer) {
            // Else a second piece would wait until the first has been acknowledged.
            peer.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(peer.getInputStream());
            for (String id = next(in); id != null; id = next(in)) {
                read.add(id);
                if (!script.play(id, peer)) {
                    return;
                }
            }
        } catch (IOException gone) {
            // The far side hung up, which is what many of these tests are about.
        } finally {
            peers.remove(peer);
        }
    }

    /** Reads a whole request; null where none came. */
    private static @Nullable String next(InputStream in) throws IOException {
        String id = "";
        int length = 0;
        for (String line = line(in); line != null; line = line(in)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (line.isEmpty()) {
                return in.readNBytes(length).length == length ? id : null;
            } else if (lower.startsWith(LENGTH)) {
                length = Integer.parseInt(line.substring(LENGTH.length()).strip());
            } else if (lower.startsWith(ID)) {
                id = line.substring(ID.length()).strip();
            }
        }
        return null;
    }

    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return line.toString().strip();
            }
            line.append((char) c);
        }
        return null;
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "kept-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Closes every connection too. */
    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket peer : peers) {
            peer.close();
        }
    }
}
