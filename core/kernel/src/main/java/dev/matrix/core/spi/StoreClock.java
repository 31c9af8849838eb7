package dev.matrix.core.spi;

import java.time.InstantSource;

/**
 * Store time: the one clock that leases and claims of all nodes are measured by. A database's clock is followed from a
 * distance (the midpoint of a round trip), so that reading it never blocks. Thread-safe; monotonic on a node.
 */
public interface StoreClock extends InstantSource {

    /** Asks the store again; called outside transactions, by the node's step driver every 30 s. */
    void refresh();

    /** False once the last answer is more than 60 s old: then nothing may be claimed, as leases can't be judged. */
    boolean isTrusted();
}
