package dev.matrix.core.spi;

import java.time.Instant;

/** Stored secrets of one purpose that can be sealed anew after a key rotation. */
public interface Resealable {

    /** The purpose that its values are sealed under. */
    String purpose();

    /**
     * Reseals at most {@code limit} values that {@link KeyRing#isCurrent} says are not current, in a transaction of its
     * own.
     *
     * @return how many were resealed; 0: none is left
     */
    int resealBatch(KeyRing keys, int limit, Instant now);
}
