package dev.matrix.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body that knows whether all of it was read. */
final class RequestBody extends FilterInputStream {

    private long left;

    /** @param length in bytes; -1: unknown */
    RequestBody(InputStream in, long length) {
        super(in);
        this.left = length;
    }

    /** Whether nothing of it is left to be read, as far as is known without waiting. */
    boolean isRead() {
        return left == 0;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? -1 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count(read);
        return read;
    }

    private void count(int read) {
        if (read < 0) {
            left = 0;
        } else if (left > 0) {
            left -= read;
        }
    }

    @Override
    public long skip(long bytes) throws IOException {
        return readNBytes((int) Math.min(bytes, Integer.MAX_VALUE)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
