package dev.matrix.refunds.spi;

import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;

/** The append-only log of calls that may have moved money. */
public interface RefundAttemptStore {

    /** One call; written before it begins, never changed. */
    record AttemptRow(String legId, int no, String key, String node, Instant at) {}

    /** Appends an attempt. */
    void addAttempt(Tx tx, AttemptRow attempt);

    /** A leg's attempts, oldest first. */
    List<AttemptRow> attempts(Tx tx, String legId);

    /** Deletes attempts made before then, at most {@code limit}; returns how many. */
    int forgetAttempts(Tx tx, Instant before, int limit);
}
