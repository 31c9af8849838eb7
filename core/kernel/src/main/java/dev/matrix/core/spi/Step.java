package dev.matrix.core.spi;

import java.time.Instant;

/**
 * Background work in bounded pieces. It runs on every node, one run at a time there; what only one node may do takes a
 * lease. Threads drive steps after {@code Matrix.start()}; tests and the simulator drive them by hand.
 */
public interface Step {

    /** Unique within a Matrix, stable: {@code [a-z0-9.-]{1,64}}. */
    String name();

    /**
     * Does what is due, in bounded pieces, and says when it wants to run next.
     *
     * @param now store time
     * @return when to run next, in store time; at or before {@code now}: at once; {@link Instant#MAX}: when woken
     * @throws RuntimeException logged as one WARN; the step runs again after 1 s, doubling to 1 min, to 5 s for a {@link
     *     dev.matrix.core.StorageException}; when woken, after 1 s. Errors are treated alike.
     */
    Instant run(Instant now);

    /**
     * Whether it needs no store and therefore goes on while store time is untrusted, for instance in an outage of the
     * database; false by default. Its {@code now} is then what this node thinks store time to be.
     */
    default boolean local() {
        return false;
    }

    /**
     * Called once when its Matrix closes, after the last run: finishes what is in flight within 10 s and hands back what
     * it has claimed but not begun.
     *
     * @param now store time
     */
    default void finish(Instant now) {}
}
