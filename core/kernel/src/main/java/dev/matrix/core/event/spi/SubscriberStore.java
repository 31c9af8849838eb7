package dev.matrix.core.event.spi;

import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    /**
     * Adds a subscriber, or replaces its patterns and kind; {@code since} stays that of the first time. A retired one is new
     * again.
     */
    void register(Tx tx, Subscriber subscriber);

    /** All subscribers but retired ones, in name order. */
    List<Subscriber> all(Tx tx);

    /** Retires a subscriber: its name is kept only for what {@link #retired} serves. False where there is no such. */
    boolean retire(Tx tx, String name, Instant now);

    /**
     * The retired names, in order, and since when they are; locked until the transaction ends, so that none is registered
     * again meanwhile.
     */
    Map<String, Instant> retired(Tx tx);

    /** Forgets a retired name. */
    void forget(Tx tx, String name);
}
