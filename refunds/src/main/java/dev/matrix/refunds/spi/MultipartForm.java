package dev.matrix.refunds.spi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * A form with files (RFC 7578), for providers that take documents. Not thread-safe. Its boundary is a hash of what it holds, so
 * nobody can write it into that.
 */
public final class MultipartForm {

    private static final int HALF = 16;

    private final String boundary;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private MultipartForm(String boundary) {
        this.boundary = boundary;
    }

    /** An empty form for these files, texts among them. */
    public static MultipartForm around(byte[]... contents) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            Stream.of(contents).forEach(hash::update);
            return new MultipartForm("matrix-" + HexFormat.of().formatHex(hash.digest(), 0, HALF));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("This JVM has no SHA-256, which each has to have.", missing);
        }
    }

    /** A field; {@code mediaType} is {@code text/plain} or another text. */
    public void field(String name, String mediaType, String value) {
        write("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\nContent-Type: "
                + oneLine(mediaType) + "\r\n\r\n" + value + "\r\n");
    }

    /** A file. */
    public void file(String name, String fileName, String mediaType, byte[] content) {
        write("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\""
                + quoted(fileName) + "\"\r\nContent-Type: " + oneLine(mediaType) + "\r\n\r\n");
        out.writeBytes(content);
        write("\r\n");
    }

    /** As browsers escape names: what would end the name or the line. */
    private static String quoted(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String oneLine(String mediaType) {
        return mediaType.replaceAll("[^A-Za-z0-9!#$&^_.+/;= -]", "");
    }

    private void write(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** For the header {@code Content-Type}. */
    public String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /** Ends the form; its bytes. */
    public byte[] bytes() {
        write("--" + boundary + "--\r\n");
        return out.toByteArray();
    }
}
