package dev.matrix.webhooks.ruler;

/** Counts comparisons, and ends those that take too many, about 20 ms of a core. Of one thread. */
final class Work {

    private static final long MOST = 10_000_000;

    private long done;

    /**
     * Adds work that is about to be done.
     *
     * @param steps one for each value compared with, and one for each character that a wildcard reads
     */
    void add(long steps) {
        done += steps;
        if (done > MOST) {
            throw new IllegalStateException("An event of this size takes more than " + MOST
                    + " comparisons with this owner's filters, so they aren't applied to it.");
        }
    }
}
