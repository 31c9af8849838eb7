package dev.matrix.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One HTTP/1.1 connection, byte by byte: a client library would mend what a contract must see. */
final class Wire implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    /** A reply as it came. */
    record Reply(int status, List<String> lines, byte[] body) {

        List<String> all(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return lines.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .toList();
        }

        Optional<String> first(String name) {
            return all(name).stream().findFirst();
        }

        String text() {
            return new String(body, ISO_8859_1);
        }
    }

    private final URI base;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Wire(URI base) throws IOException {
        this.base = base;
        this.socket = new Socket(base.getHost(), base.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Sends a head: {@code GET /path}, then header lines. */
    Wire head(String request, String... lines) throws IOException {
        int space = request.indexOf(' ');
        StringBuilder head = new StringBuilder(request.substring(0, space + 1))
                .append(base.getRawPath())
                .append(request.substring(space + 1))
                .append(" HTTP/1.1\r\nHost: ")
                .append(base.getAuthority())
                .append("\r\n");
        for (String line : lines) {
            head.append(line).append("\r\n");
        }
        return raw(head.append("\r\n").toString().getBytes(ISO_8859_1));
    }

    Wire raw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    Wire raw(String text) throws IOException {
        return raw(text.getBytes(ISO_8859_1));
    }

    /** The reply to a request other than HEAD. */
    Reply reply() throws IOException {
        return reply(false);
    }

    /** The reply to HEAD, whose length is that of GET's. */
    Reply headReply() throws IOException {
        return reply(true);
    }

    private Reply reply(boolean head) throws IOException {
        List<String> lines = new ArrayList<>();
        String status = line();
        for (String line = line(); !line.isEmpty(); line = line()) {
            lines.add(line);
        }
        Reply reply = new Reply(Integer.parseInt(status.split(" ", 3)[1]), lines, new byte[0]);
        boolean none = head || reply.status() == 204 || reply.status() == 304;
        return none ? reply : new Reply(reply.status(), lines, body(reply));
    }

    private byte[] body(Reply head) throws IOException {
        if (head.first("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent()) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                body.write(exactly(size));
                line();
            }
            line();
            return body.toByteArray();
        }
        return exactly(head.first("Content-Length").map(Integer::parseInt).orElseThrow());
    }

    private byte[] exactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("The body ends after " + bytes.length + " of " + count + " bytes.");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The connection ends within a line: " + line);
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    /** Sends nothing more, so that the other side needn't wait for it. */
    Wire finish() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Everything until the other side ends the connection. */
    String rest() throws IOException {
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
