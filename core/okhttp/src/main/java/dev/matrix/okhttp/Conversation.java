package dev.matrix.okhttp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the replies on one HTTP/1.1 connection apart. OkHttp reads ahead as far as bytes have come, so bytes after a reply's end would
 * be taken for the next reply. The streams here give it no byte more than the reply in progress has: a line at a time of the
 * head and of chunked bodies, which end with a line, and as many bytes of other bodies as the head announced. So what nobody asked
 * for stays here, and the connection isn't used again (RFC 9112, sections 9.2 and 9.3). HTTP/2 passes through as it is.
 *
 * <p>One call uses it at a time; OkHttp's pool orders them.
 */
final class Conversation {

    /** What the bytes come from and go to. */
    interface Wire {

        /** What a look at a connection without waiting finds. */
        enum Sight {
            SILENCE,
            BYTES,
            END
        }

        InputStream input() throws IOException;

        OutputStream output() throws IOException;

        /** Looks without waiting; anything but silence makes the connection unusable, as a byte may be gone. */
        Sight look();

        /** Whether its bytes before the first request are TLS's own, so that they say nothing about the peer. */
        boolean isEncrypted();

        /** Whether HTTP/2 was agreed on, which has its own order. */
        boolean isMultiplexed();

        void close();
    }

    /** A socket with a conversation. */
    interface Holder {

        Conversation conversation();
    }

    private enum Mode {
        /** No request is in progress. */
        QUIET,
        LINES,
        COUNTED,
        FREE
    }

    private static final int BUFFER = 8 << 10;

    private final Wire wire;
    private Mode mode = Mode.QUIET;

    /** How many bytes may be read yet: of the body, or, of a head or chunked body, before its length is an attack. */
    private long left;

    private byte @Nullable [] buffer;
    private int start;
    private int end;

    private int exchanges;
    private boolean answered;
    private boolean spent;
    private long quietSince;
    private long keepNanos = Framing.NO_LIMIT;

    Conversation(Wire wire) {
        this.wire = wire;
    }

    /** Passes everything through from now on: a tunnel's inside. */
    void passThrough() {
        mode = Mode.FREE;
    }

    /** Whether a next request may be sent on it; where not, it is closed. */
    boolean isReusable() {
        if (mode == Mode.FREE && !spent) {
            return true;
        }
        boolean old = keepNanos != Framing.NO_LIMIT && System.nanoTime() - quietSince > keepNanos;
        if (mode == Mode.QUIET && !spent && !old && start == end && wire.look() == Wire.Sight.SILENCE) {
            return true;
        }
        spoil();
        return false;
    }

    /** The reply's head has been read, so its body follows. */
    void headRead(Framing framing, int replyCap) {
        if (mode != Mode.LINES) {
            return;
        }
        spent |= !framing.isReusable();
        keepNanos = framing.keepNanos();
        switch (framing.kind()) {
            case NONE, INVALID -> count(0);
            case LENGTH -> count(framing.length());
            // A receiver may wrap each byte of a body into a chunk of its own.
            case CHUNKED -> left = Framing.MOST_OF_HEAD + 8L * replyCap;
            case UNTIL_CLOSE -> mode = Mode.FREE;
        }
    }

    private void count(long bytes) {
        mode = Mode.COUNTED;
        left = bytes;
    }

    /** The reply has been read to its end. */
    void replyEnded() {
        if (mode == Mode.FREE && !spent) {
            return;
        }
        mode = Mode.QUIET;
        exchanges++;
        quietSince = System.nanoTime();
        if (spent || start < end) {
            spoil();
        } else {
            buffer = null;
        }
    }

    private void spoil() {
        spent = true;
        wire.close();
    }

    InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return Conversation.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return Conversation.this.read(into, offset, length);
            }

            @Override
            public int available() throws IOException {
                return end - start + wire.input().available();
            }

            @Override
            public void close() {
                wire.close();
            }
        };
    }

    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                Conversation.this.write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                Conversation.this.write(from, offset, length);
            }

            @Override
            public void flush() throws IOException {
                wire.output().flush();
            }

            @Override
            public void close() {
                wire.close();
            }
        };
    }

    private int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (mode == Mode.FREE && start == end) {
            return wire.input().read(into, offset, length);
        }
        if (mode == Mode.COUNTED && left == 0) {
            return -1;
        }
        if (start == end && !fill()) {
            return -1;
        }
        if (mode == Mode.QUIET) {
            spoil();
            throw new UnreadableException("it sent what nobody had asked for");
        }
        return hand(into, offset, length);
    }

    private boolean fill() throws IOException {
        byte[] room = buffer == null ? new byte[BUFFER] : buffer;
        buffer = room;
        start = 0;
        end = Math.max(0, wire.input().read(room, 0, room.length));
        answered |= end > 0;
        return end > 0;
    }

    private int hand(byte[] into, int offset, int length) throws IOException {
        byte[] from = buffer == null ? new byte[0] : buffer;
        int count = Math.min(length, end - start);
        if (mode == Mode.LINES) {
            count = Math.min(count, line(from));
            if (count > left) {
                spoil();
                throw new UnreadableException("its reply's head is longer than 256 KiB");
            }
        } else if (mode == Mode.COUNTED) {
            count = (int) Math.min(count, left);
        }
        left -= count;
        System.arraycopy(from, start, into, offset, count);
        start += count;
        return count;
    }

    private int line(byte[] from) {
        for (int i = start; i < end; i++) {
            if (from[i] == '\n') {
                return i + 1 - start;
            }
        }
        return end - start;
    }

    private void write(byte[] from, int offset, int length) throws IOException {
        if (mode == Mode.QUIET) {
            begin();
        }
        try {
            wire.output().write(from, offset, length);
        } catch (IOException failure) {
            throw exchanges > 0 && !answered && mode == Mode.LINES ? new PeerEndedException(failure) : failure;
        }
    }

    private void begin() throws IOException {
        if (wire.isMultiplexed()) {
            mode = Mode.FREE;
            return;
        }
        if (exchanges > 0) {
            if (start < end || wire.look() != Wire.Sight.SILENCE) {
                spoil();
                throw new PeerEndedException(null);
            }
        } else if (!wire.isEncrypted() && wire.look() == Wire.Sight.BYTES) {
            spoil();
            throw new UnreadableException("it spoke before it was asked");
        }
        mode = Mode.LINES;
        answered = false;
        left = Framing.MOST_OF_HEAD;
    }
}
