package dev.matrix.core.spi;

import java.time.InstantSource;

/**
 * Store time: the one clock that leases and claims of all nodes are measured by. A database's clock is followed from a
 * distance (see {@link FollowedClock}), so that reading it never blocks. Thread-safe. Between answers of the store it
 * never goes back; it may step back when several answers agree that it was ahead.
 */
public interface StoreClock extends InstantSource {

    /**
     * Asks the store again; called outside transactions, each 30 s, and each second while store time is untrusted.
     *
     * @throws dev.matrix.core.StorageException when there is no answer, or none that can be used
     */
    void refresh();

    /**
     * False once the last answer is more than 60 s old, and while answers disagree: then nothing may be claimed, as leases
     * can't be judged.
     */
    boolean isTrusted();
}
