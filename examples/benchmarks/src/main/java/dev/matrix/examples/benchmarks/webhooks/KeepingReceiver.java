package dev.matrix.examples.benchmarks.webhooks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** A plain receiver that ends a connection on which nothing has come for so long, as web servers do. Answers 204. */
final class KeepingReceiver {

    private final ServerSocket server;
    private final Duration kept;
    private final byte[] reply;
    private final LongAdder requests = new LongAdder();
    private final LongAdder connections = new LongAdder();

    private KeepingReceiver(ServerSocket server, Duration kept, boolean says) {
        this.server = server;
        this.kept = kept;
        this.reply = ("HTTP/1.1 204 No Content\r\n" + (says ? "Keep-Alive: timeout=" + kept.toSeconds() + "\r\n" : "")
                        + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    static KeepingReceiver start(Duration kept, boolean says) throws IOException {
        KeepingReceiver receiver =
                new KeepingReceiver(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), kept, says);
        daemon(receiver::accept);
        return receiver;
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "keeping-receiver");
        thread.setDaemon(true);
        thread.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
    }

    long requests() {
        return requests.sum();
    }

    long connections() {
        return connections.sum();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.increment();
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout((int) kept.toMillis());
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (readRequest(in)) {
                requests.increment();
                socket.getOutputStream().write(reply);
            }
        } catch (IOException unusedForTooLong) {
            // Nothing came in time, or the sender has gone: closing is what this receiver does about either.
        }
    }

    /** False at the end of the stream. */
    private static boolean readRequest(InputStream in) throws IOException {
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] parts = line.split(":", 2);
            length = parts[0].equalsIgnoreCase("Content-Length") ? Integer.parseInt(parts[1].strip()) : length;
        }
        return in.readNBytes(length).length == length && length > 0;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
