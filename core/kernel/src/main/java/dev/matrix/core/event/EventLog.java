package dev.matrix.core.event;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.util.List;
import java.util.Optional;

/**
 * The transactional event log: what is published commits with the caller's own writes or not at all, and reaches every
 * subscriber that wants it. Thread-safe.
 */
public interface EventLog {

    /** The event types that this Matrix knows: the standard ones and the host's. */
    EventCatalog types();

    /** Publishes one event; as {@link #publishAll(List)}. */
    Published publish(EventPayload payload);

    /** As {@link #publish(EventPayload)}, in the caller's transaction. */
    Published publish(Tx tx, EventPayload payload);

    /** Publishes one event; as {@link #publishAll(List)}. */
    Published publish(EventDraft draft);

    /** As {@link #publish(EventDraft)}, in the caller's transaction. */
    Published publish(Tx tx, EventDraft draft);

    /**
     * Publishes up to 1,000 events in one transaction: inserts them and the queue rows of the subscribers that want them, and
     * calls inline subscribers. An event whose key or id the log has with equal content is a duplicate: its first id is
     * returned, nothing is written and nobody called.
     *
     * @return one result per draft, in order
     * @throws dev.matrix.core.ConflictException when a key or id is taken by other content; nothing of this call is
     *     written, and a transaction of the caller's stays usable
     * @throws dev.matrix.core.InvalidRequestException for an unknown type, a payload over the limit, or over 1,000 drafts
     */
    List<Published> publishAll(List<EventDraft> drafts);

    /** As {@link #publishAll(List)}, in the caller's transaction. */
    List<Published> publishAll(Tx tx, List<EventDraft> drafts);

    /** The event of that id; empty if there is none, its payload was erased, or this node can't read it as {@link #page} says. */
    Optional<BillingEvent> find(String eventId);

    /**
     * Events in id order, newest last. Left out, so that a page may have fewer than its limit, are erased ones and those that
     * this node can't read: of a type that it doesn't know, removed or of a newer release, or with a payload that today's
     * record doesn't fit. They stay in the log.
     */
    Page<BillingEvent> page(EventQuery query, PageRequest page);

    /**
     * Every subscriber that any node has or had, but retired ones, with its backlog. Counts rows: for people and metrics, not
     * for hot paths.
     */
    List<SubscriberStatus> subscribers();

    /**
     * Retires a subscriber that no node has any more: nothing is queued for it from now on, and what is queued is deleted within
     * minutes. Until then its events wait for it, and are kept beyond their retention. What other nodes publish is
     * queued for up to 20 s more and deleted for 10 minutes; only then may the name come back, as a new one.
     *
     * @throws dev.matrix.core.ConflictException when this node has it itself
     * @throws dev.matrix.core.NotFoundException when no node ever had it, or it is retired
     */
    void retire(String subscriber);

    /** What a subscriber couldn't handle, in event-id order. */
    Page<EventFailure> failures(String subscriber, PageRequest page);

    /**
     * Lets a FAILED event be handled again, its attempts counted again.
     *
     * @throws dev.matrix.core.NotFoundException when that event isn't FAILED for that subscriber
     */
    void retry(String subscriber, String eventId);

    /** As {@link #retry(String, String)}, in the caller's transaction. */
    void retry(Tx tx, String subscriber, String eventId);

    /**
     * Gives a FAILED event up for good, keeping why.
     *
     * @throws dev.matrix.core.NotFoundException when that event isn't FAILED for that subscriber
     */
    void skip(String subscriber, String eventId, String reason);

    /** As {@link #skip(String, String, String)}, in the caller's transaction. */
    void skip(Tx tx, String subscriber, String eventId, String reason);

    /** Queues past events for a subscriber again, those that match the query and its interests. Resumable: run it again. */
    Replay replay(String subscriber, EventQuery query);

    /** Removes the payloads of an owner's events, keeping the rows; subscribers that haven't handled them never will. */
    int erase(Tx tx, Owner owner);

    /** Looks for queued events at once: for hosts that commit a joined transaction themselves. Else 50 ms pass at most. */
    void wake();
}
