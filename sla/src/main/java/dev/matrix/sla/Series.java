package dev.matrix.sla;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The counters of one bound subscription on this node: eight slots, one per minute, of two packed words each. The first word
 * counts valid (24 bits), bad (20) and slow (20) requests, the second one rejected, throttled, client errors and cancelled (16
 * each). A field past half its range is moved to a wide counter long before it could carry into its neighbour. Thread-safe and
 * lock-free; counting allocates nothing.
 */
final class Series {

    static final int SLOTS = 8;

    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int BAD = 24;
    private static final int SLOW = 44;
    private static final long MORE_THAN_HALF = (1L << (BAD - 1)) | (1L << (SLOW - 1)) | (1L << 63);
    private static final int OTHER_BITS = 16;
    private static final long OTHERS_MORE_THAN_HALF = 0x8000_8000_8000_8000L;
    private static final int FIELDS = 7;
    private static final int OTHERS = 3;

    final long number;
    final int shard;
    private volatile long slowAboveNanos;
    private final long[] words = new long[SLOTS];
    private final long[] others = new long[SLOTS];
    private final long[] wide = new long[SLOTS * FIELDS];

    Series(long number, int shard, long slowAboveNanos) {
        this.number = number;
        this.shard = shard;
        this.slowAboveNanos = slowAboveNanos;
    }

    /** From now on a good request that takes longer is slow; {@link Long#MAX_VALUE}: none is. */
    void slowAbove(long nanos) {
        if (slowAboveNanos != nanos) {
            slowAboveNanos = nanos;
        }
    }

    long slowAbove() {
        return slowAboveNanos;
    }

    void count(int slot, long durationNanos, Outcome outcome) {
        switch (outcome) {
            case GOOD -> add(slot, durationNanos > slowAboveNanos ? 1 | (1L << SLOW) : 1);
            case BAD -> add(slot, 1 | (1L << BAD));
            case REJECTED -> {
                add(slot, 1 | (1L << BAD));
                addOther(slot, 0);
            }
            case THROTTLED -> addOther(slot, 1);
            case CLIENT_ERROR -> addOther(slot, 2);
            case CANCELLED -> addOther(slot, 3);
        }
    }

    private void add(int slot, long fields) {
        long before = (long) LONGS.getAndAdd(words, slot, fields);
        if ((before & MORE_THAN_HALF) != 0) {
            widen(slot);
        }
    }

    private void addOther(int slot, int field) {
        long before = (long) LONGS.getAndAdd(others, slot, 1L << (OTHER_BITS * field));
        if ((before & OTHERS_MORE_THAN_HALF) != 0) {
            widen(slot);
        }
    }

    /** Whoever takes a word's counts adds them to the wide counters, so none is lost or added twice. */
    private void widen(int slot) {
        long word = (long) LONGS.getAndSet(words, slot, 0L);
        long other = (long) LONGS.getAndSet(others, slot, 0L);
        addWide(slot, 0, word & ((1L << BAD) - 1));
        addWide(slot, 1, (word >>> BAD) & ((1L << (SLOW - BAD)) - 1));
        addWide(slot, 2, word >>> SLOW);
        for (int field = 0; field <= OTHERS; field++) {
            addWide(slot, OTHERS + field, (other >>> (OTHER_BITS * field)) & 0xFFFF);
        }
    }

    private void addWide(int slot, int field, long count) {
        if (count != 0) {
            LONGS.getAndAdd(wide, slot * FIELDS + field, count);
        }
    }

    /** Takes what a slot has counted since it was last taken. */
    MinuteCounts take(int slot) {
        if ((long) LONGS.getVolatile(words, slot) != 0 || (long) LONGS.getVolatile(others, slot) != 0) {
            widen(slot);
        }
        long valid = takeWide(slot, 0);
        long bad = takeWide(slot, 1);
        long slow = takeWide(slot, 2);
        long rejected = takeWide(slot, OTHERS);
        long throttled = takeWide(slot, OTHERS + 1);
        long clientErrors = takeWide(slot, OTHERS + 2);
        long cancelled = takeWide(slot, OTHERS + 3);
        return (valid | bad | slow | rejected | throttled | clientErrors | cancelled) == 0
                ? MinuteCounts.IDLE
                : new MinuteCounts(valid, bad, slow, rejected, throttled, clientErrors, cancelled, 0);
    }

    private long takeWide(int slot, int field) {
        int index = slot * FIELDS + field;
        return (long) LONGS.getVolatile(wide, index) == 0 ? 0 : (long) LONGS.getAndSet(wide, index, 0L);
    }
}
