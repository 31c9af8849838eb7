package dev.matrix.security.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditHoldStore.AuditHoldRow;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The bodies of the audit log. They are inserted without any lock, by any node, and never changed; when they are old they are deleted. */
public interface AuditStore {

    /** Inserts an entry unless one of that id is there; then changes nothing and returns false. */
    boolean insert(Tx tx, AuditRow row);

    /** The entries of these ids that are there, in any order. */
    List<AuditRow> find(Tx tx, Collection<String> ids);

    /**
     * Entries in id order; the cursor is an id.
     *
     * @param owners whose; empty: anybody's
     */
    Page<AuditRow> page(Tx tx, List<Owner> owners, PageRequest page);

    /**
     * Entries of a category from before {@code before}, the oldest first, without those of an action and those that are held.
     *
     * @param kept the action whose entries are not wanted
     */
    List<AuditRow> due(Tx tx, String category, Instant before, String kept, List<AuditHoldRow> holds, int limit);

    /** Deletes entries; those that aren't there are passed over. */
    void delete(Tx tx, Collection<String> ids);
}
