package dev.matrix.core.spi;

import java.time.Instant;

/** Stored secrets of one purpose that can be sealed again after a key rotation. */
public interface Resealable {

    /** The purpose that its values are sealed under. */
    String purpose();

    /**
     * Reseals at most {@code limit} values that {@link KeyRing#isCurrent} says are not current: opens them outside a
     * transaction, seals them again, and writes each if it is still as it was read. Called on every node, every 5 minutes
     * at most while an older key version exists.
     *
     * @return how many it found, those that another writer was faster with included; 0: none is left
     */
    int resealBatch(KeyRing keys, int limit, Instant now);
}
