package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;

/** The body of a response. */
public sealed interface ApiBody {

    /** How many bytes it has; −1: nobody knows before they are written. */
    long length();

    /** The body of no bytes. */
    static ApiBody empty() {
        return Empty.BODY;
    }

    /** Bytes at hand; not copied. */
    static ApiBody of(byte[] content) {
        return new Bytes(content);
    }

    /** No body. */
    final class Empty implements ApiBody {

        private static final Empty BODY = new Empty();

        private Empty() {}

        @Override
        public long length() {
            return 0;
        }
    }

    /** Bytes at hand. */
    record Bytes(byte[] content) implements ApiBody {

        public Bytes {
            requireNonNull(content, "content");
        }

        @Override
        public long length() {
            return content.length;
        }
    }

    /**
     * Bytes that are written as they are made.
     *
     * @param length how many; −1: unknown
     * @param writer called once, on the exchange's thread; an exception cuts the response off, as its head is sent
     */
    record Stream(long length, Writer writer) implements ApiBody {

        public Stream {
            requireNonNull(writer, "writer");
        }
    }

    /** Writes a streamed body. */
    @FunctionalInterface
    interface Writer {

        /** Writes all of it and leaves {@code out} open. */
        void writeTo(OutputStream out) throws IOException;
    }
}
