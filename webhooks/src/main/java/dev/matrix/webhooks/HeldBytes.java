package dev.matrix.webhooks;

/** How many bytes of bodies this node's lanes hold. Not thread-safe: the {@link Lanes} guard it with them. */
final class HeldBytes {

    private static final long MOST = 64L << 20;

    private long held;

    void add(int bytes) {
        held += bytes;
    }

    void remove(int bytes) {
        held -= bytes;
    }

    /** How many more may be held; below 0 when a few too many are. */
    long left() {
        return MOST - held;
    }

    /** Whether so much is held that who can't send anything just now should have no more. */
    boolean isTight() {
        return held >= MOST / 2;
    }

    /** Whether so much is held that no more should be. */
    boolean isFull() {
        return held >= MOST;
    }
}
