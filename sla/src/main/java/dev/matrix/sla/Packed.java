package dev.matrix.sla;

import dev.matrix.core.StorageException;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Counts as stored: a format number, then integers of 7 bits per byte, the lowest first (LEB128). */
final class Packed {

    /** The only format so far; a node refuses what it doesn't know, so that it can't judge by half of it. */
    static final int FORMAT = 1;

    private static final int GAP = 0;
    private static final int IDLE = 1;
    private static final int COUNTS = 2;
    private static final int LONGEST = 63;

    private Packed() {}

    /** Writes such bytes. Not thread-safe. */
    static final class Writer {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Writer() {
            bytes.write(FORMAT);
        }

        Writer number(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                bytes.write((int) ((rest & 0x7F) | 0x80));
                rest >>>= 7;
            }
            bytes.write((int) rest);
            return this;
        }

        Writer counts(MinuteCounts counts) {
            return number(counts.valid())
                    .number(counts.bad())
                    .number(counts.slow())
                    .number(counts.rejected())
                    .number(counts.throttled())
                    .number(counts.clientErrors())
                    .number(counts.cancelled())
                    .number(counts.unknown());
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }

    /** Reads such bytes. Not thread-safe. */
    static final class Reader {

        private final byte[] bytes;
        private int at = 1;

        Reader(byte[] bytes) {
            this.bytes = bytes;
            if (!isKnown(bytes)) {
                throw new UnknownFormatException(
                        "These counts have a format that this version doesn't know; update this node.");
            }
        }

        long number() {
            long value = 0;
            for (int shift = 0; shift < LONGEST; shift += 7) {
                if (at >= bytes.length) {
                    throw new StorageException("Stored counts end too early.");
                }
                byte next = bytes[at++];
                value |= (long) (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw new StorageException("Stored counts have a number that is too long.");
        }

        MinuteCounts counts() {
            return new MinuteCounts(
                    number(), number(), number(), number(), number(), number(), number(), (int) number());
        }

        boolean hasMore() {
            return at < bytes.length;
        }
    }

    static boolean isKnown(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == FORMAT;
    }

    static byte[] hour(HourCounts hour) {
        Writer out = new Writer();
        for (int minute = 0; minute < HourCounts.MINUTES; minute++) {
            @Nullable MinuteCounts counts = hour.at(minute);
            if (counts == null || counts.isIdle()) {
                out.number(counts == null ? GAP : IDLE);
            } else {
                out.number(COUNTS).counts(counts);
            }
        }
        return out.bytes();
    }

    static HourCounts hour(byte[] bytes) {
        Reader in = new Reader(bytes);
        HourCounts hour = new HourCounts();
        for (int minute = 0; minute < HourCounts.MINUTES; minute++) {
            long kind = in.number();
            if (kind != GAP) {
                hour.add(minute, kind == IDLE ? MinuteCounts.IDLE : in.counts());
            }
        }
        return hour;
    }
}
