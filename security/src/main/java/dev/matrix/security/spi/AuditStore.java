package dev.matrix.security.spi;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditHoldStore.AuditHoldRow;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * The bodies of the audit log. They are inserted without any lock, by any node, and never changed; when they are old they are deleted.
 */
public interface AuditStore {

    /** Inserts an entry unless one of that id is there; then changes nothing and returns false. */
    boolean insert(Tx tx, AuditRow row);

    /** The entries of these ids that are there, in any order. */
    List<AuditRow> find(Tx tx, Collection<String> ids);

    /** Entries in id order; the cursor is an id. */
    Page<AuditRow> page(Tx tx, AuditFilter filter, PageRequest page);

    /**
     * Entries of a category from before {@code before}, the oldest first, without those of an action and those that are held.
     *
     * @param kept the action whose entries are not wanted
     */
    List<AuditRow> due(Tx tx, String category, Instant before, String kept, List<AuditHoldRow> holds, int limit);

    /** Deletes entries; those that aren't there are passed over. */
    void delete(Tx tx, Collection<String> ids);

    /**
     * Puts a pseudonym in the place of its actor's text ({@code person:} and the pseudonym) and of its owner's id, where they still
     * stand in the clear.
     *
     * @return how many entries were changed, at most {@code limit} each for actors and owners
     */
    int blank(Tx tx, String pseudonym, int limit);
}
