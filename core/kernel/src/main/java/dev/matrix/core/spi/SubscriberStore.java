package dev.matrix.core.spi;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Which subscribers the nodes over this storage have: publishers read here whom to queue events for. */
public interface SubscriberStore {

    /**
     * One subscriber.
     *
     * @param patterns its interests, as pattern texts
     * @param inline whether nodes that have it call it in the publisher's transaction
     * @param since when its name first appeared; store time
     */
    record Subscriber(String name, Set<String> patterns, boolean inline, Instant since) {}

    /** Adds a subscriber, or replaces its patterns and kind; {@code since} stays that of the first time. */
    void register(Tx tx, Subscriber subscriber);

    /** All subscribers, in name order. */
    List<Subscriber> all(Tx tx);
}
