package dev.matrix.examples.benchmarks.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;

/** One kept-alive connection that sends the same request again and again: as little client as there can be. */
final class KeptAlive implements AutoCloseable {

    private static final String LENGTH = "content-length: ";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] request;
    private final byte[] buffer = new byte[16 << 10];
    private int filled;

    KeptAlive(URI server, String path, String... headers) throws IOException {
        this.socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        this.request = head.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    /** Sends the request and reads the whole reply; its text. */
    String exchange() throws IOException {
        int length = send();
        return new String(buffer, 0, length, ISO_8859_1);
    }

    /** Sends the request and reads the whole reply; its length. */
    int send() throws IOException {
        out.write(request);
        filled = 0;
        int head = -1;
        while (head < 0) {
            more();
            head = endOfHead();
        }
        int whole = head + contentLength(head);
        while (filled < whole) {
            more();
        }
        return whole;
    }

    private void more() throws IOException {
        int count = in.read(buffer, filled, buffer.length - filled);
        if (count < 0) {
            throw new EOFException("The server ended the connection.");
        }
        filled += count;
    }

    private int endOfHead() {
        for (int i = 3; i < filled; i++) {
            if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private int contentLength(int head) {
        String text = new String(buffer, 0, head, ISO_8859_1).toLowerCase(Locale.ROOT);
        int start = text.indexOf(LENGTH) + LENGTH.length();
        return Integer.parseInt(text.substring(start, text.indexOf('\r', start)));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
