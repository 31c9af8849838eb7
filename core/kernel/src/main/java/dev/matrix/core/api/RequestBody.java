package dev.matrix.core.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A request's body, read once and never far beyond its limit. Not thread-safe. */
final class RequestBody {

    static final byte[] NONE = {};

    private static final int FIRST_BUFFER = 1 << 10;

    private final InputStream stream;
    private long length;

    RequestBody(InputStream stream) {
        this.stream = stream;
    }

    /**
     * Reads the whole.
     *
     * @throws ApiProblem 413 where it has more than {@code limit} bytes, 400 where it breaks off
     */
    byte[] read(int limit) {
        byte[] read;
        try {
            read = readUpTo(limit + 1);
        } catch (IOException e) {
            throw ApiProblem.of(400, "malformed_request", "The body ended before its time.");
        }
        length = read.length;
        if (read.length > limit) {
            throw ApiProblem.of(413, "payload_too_large", "The body has at most " + limit + " bytes.");
        }
        return read;
    }

    /** How many bytes were read. */
    long length() {
        return length;
    }

    /** In a buffer that starts small: most bodies are, and the stream's own would be 16 KiB. */
    private byte[] readUpTo(int most) throws IOException {
        byte[] buffer = new byte[Math.min(most, FIRST_BUFFER)];
        int filled = 0;
        while (true) {
            filled += stream.readNBytes(buffer, filled, buffer.length - filled);
            if (filled < buffer.length || filled == most) {
                return filled == buffer.length ? buffer : Arrays.copyOf(buffer, filled);
            }
            buffer = Arrays.copyOf(buffer, (int) Math.min(most, 2L * buffer.length));
        }
    }
}
