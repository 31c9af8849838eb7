package dev.matrix.core.event.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.Published;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Events: appended once, never changed except by erasure. */
public interface EventStore {

    /**
     * Inserts events and their queue rows, all or nothing.
     *
     * <p>An event whose (owner, key) or id is taken, by a committed row or by an earlier one of this call, is not
     * inserted: with an equal fingerprint it is a duplicate of that row, else the whole call removes what it
     * inserted and throws. A row of a transaction still open is waited for: if it commits it counts, if it rolls
     * back this call inserts. Uniqueness is decided by the insert itself (ON CONFLICT DO NOTHING), never by
     * catching an error, so the transaction stays usable. An event that can't be taken ({@link
     * NewEvent#mayBeTaken}) needs no such care. No lock, counter or row is shared between publishers of different
     * keys.
     *
     * @return one result per event, in order
     * @throws dev.matrix.core.ConflictException when a key or id is taken by other content
     */
    List<Published> append(Tx tx, List<NewEvent> events);

    /** The events of these ids, in id order; unknown ids are left out. */
    List<EventRow> load(Tx tx, Collection<String> ids);

    /** A page of matching events, in id order; erased ones are left out. The cursor is the last id. */
    Page<EventRow> page(Tx tx, EventQuery query, PageRequest page);

    /** Empties the payloads of an owner's events and drops their open queue rows; returns how many it emptied. */
    int erase(Tx tx, Owner owner);

    /**
     * Deletes at most {@code limit} events recorded before an instant that no queue row refers to; returns how many. It passes
     * over events that another transaction has changed, or is adding a queue row for, and waits for none.
     */
    int purge(Tx tx, Instant before, int limit);
}
