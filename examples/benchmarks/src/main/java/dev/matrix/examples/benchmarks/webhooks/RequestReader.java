package dev.matrix.examples.benchmarks.webhooks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** One connection's bytes, cut into requests; as much of HTTP/1.1 as OkHttp sends. Not thread-safe. */
final class RequestReader {

    /**
     * A request, whole.
     *
     * @param id the number in its {@code webhook-id}, where it has one; else empty
     * @param arrivedMicros when its first byte was read, since 1970
     */
    record Request(String path, String id, long arrivedMicros) {}

    private static final int MOST = 16 << 10;
    private static final byte[] LENGTH = Receiver.ascii("\r\ncontent-length: ");
    private static final byte[] ID = Receiver.ascii("\r\nwebhook-id: " + Receiver.NUMBERED);
    private static final byte[] END = Receiver.ascii("\r\n\r\n");

    private final ByteBuffer buffer = ByteBuffer.allocate(MOST);
    private long arrivedMicros;

    /** Reads what is there; false at the end of the stream. */
    boolean fill(SocketChannel client, InstantSource clock) throws IOException {
        if (buffer.position() == 0) {
            arrivedMicros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        }
        return client.read(buffer) >= 0;
    }

    @Nullable
    Request next() {
        int end = find(END, buffer.position());
        if (end < 0) {
            return null;
        }
        int at = find(LENGTH, end);
        int whole = end + END.length + (at < 0 ? 0 : Integer.parseInt(line(at + LENGTH.length)));
        if (buffer.position() < whole) {
            return null;
        }
        String first = line(0);
        int id = find(ID, end);
        Request request = new Request(
                first.substring(first.indexOf(' ') + 1, first.lastIndexOf(' ')),
                id < 0 ? "" : line(id + ID.length),
                arrivedMicros);
        buffer.flip().position(whole);
        buffer.compact();
        return request;
    }

    private String line(int from) {
        int to = from;
        while (buffer.get(to) != '\r') {
            to++;
        }
        return new String(buffer.array(), from, to - from, StandardCharsets.US_ASCII);
    }

    /** Header names are compared in lower case: ORing 0x20 leaves digits, colons and line ends apart. */
    private int find(byte[] wanted, int before) {
        byte[] bytes = buffer.array();
        for (int at = 0; at + wanted.length <= before; at++) {
            int i = 0;
            while (i < wanted.length && lower(bytes[at + i]) == wanted[i]) {
                i++;
            }
            if (i == wanted.length) {
                return at;
            }
        }
        return -1;
    }

    private static byte lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? (byte) (letter + ('a' - 'A')) : letter;
    }
}
