package dev.matrix.security.spi;

import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The entries of the audit log that wait for their number. A row is inserted with its entry's body, without any lock, and deleted in
 * the transaction that numbers the entry: what is seen here has committed, and what rolled back is never seen.
 */
public interface AuditQueueStore {

    /** Inserts a row. */
    void enqueue(Tx tx, String log, String entryId, Instant at);

    /** The first rows by id that aren't set aside. One that commits later may come before them; it is then found next time. */
    List<String> oldest(Tx tx, String log, int limit);

    /** Deletes rows; those that aren't there are passed over. */
    void remove(Tx tx, String log, Collection<String> entryIds);

    /** Keeps rows out of {@link #oldest}, as their entries have no body. */
    void setAside(Tx tx, String log, Collection<String> entryIds);

    /** The first rows by id that are set aside. */
    List<String> aside(Tx tx, String log, int limit);

    /** When the row was queued that waits longest, without those set aside; empty when none waits. */
    Optional<Instant> waitingSince(Tx tx, String log);
}
