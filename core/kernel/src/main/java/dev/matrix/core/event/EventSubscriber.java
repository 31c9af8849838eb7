package dev.matrix.core.event;

import dev.matrix.core.spi.Tx;
import java.util.List;
import java.util.Set;

/**
 * Somebody who wants committed events. Each event of interest reaches it at least once; what a {@link Transactional} one
 * writes through its transaction, exactly once. Called by one thread per node at a time, by several nodes at once.
 */
public sealed interface EventSubscriber {

    /** {@code [a-z0-9-]{1,64}}, unique and stable across releases: progress is kept under it. */
    String name();

    /** Which events it wants; constant. */
    Set<EventPattern> interests();

    /** How it is served. */
    default SubscriberPolicy policy() {
        return SubscriberPolicy.defaults();
    }

    /** Writes to Matrix's own storage: its writes and the note that the events are done commit together. */
    non-sealed interface Transactional extends EventSubscriber {

        /**
         * Handles events in event-id order; there is no order between calls, so handlers must commute. A throw rolls
         * back, and the events are tried again one by one.
         */
        void handle(Tx tx, List<StoredEvent> events);

        /**
         * Whether it is called in the publisher's transaction, right after the append; then a throw rolls the publisher
         * back. Default false: it is called after the commit.
         */
        default boolean inline() {
            return false;
        }
    }

    /** Reaches outside Matrix's storage; called outside transactions, at least once an event. */
    non-sealed interface External extends EventSubscriber {

        /** Handles one event; a throw fails this attempt. */
        void handle(StoredEvent event);
    }
}
