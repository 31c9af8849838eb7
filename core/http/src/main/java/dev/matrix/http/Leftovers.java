package dev.matrix.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * The part of a request that nobody read. A connection that is closed upon unread bytes is reset, and the client may lose
 * the reply that was sent before; so they are read away, up to a bound.
 */
final class Leftovers {

    private static final long MOST = 8 << 20;
    private static final int PIECE = 16 << 10;

    private Leftovers() {}

    /** @throws IOException when the client is gone; its connection ends in any case */
    static void discard(InputStream body) throws IOException {
        if (body.read() < 0) {
            return; // as nearly always: nothing to make a buffer for
        }
        byte[] piece = new byte[PIECE];
        long read = 1;
        int count = body.read(piece);
        while (count >= 0 && read < MOST) {
            read += count;
            count = body.read(piece);
        }
    }
}
