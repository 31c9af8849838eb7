package dev.matrix.core.event.spi;

import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which subscribers the nodes over this storage have: publishers read here whom to queue events for. */
public interface SubscriberStore {

    /**
     * How long a pattern counts that the nodes of another release have: each node registers its subscribers again well within
     * this time, and a pattern that none has registered for longer than this before the last registration is gone.
     */
    Duration KEPT = Duration.ofMinutes(2);

    /**
     * One subscriber.
     *
     * @param patterns its interests, as pattern texts, and since when each is known; store time
     * @param inline whether nodes that have it call it in the publisher's transaction
     */
    record Subscriber(String name, Map<String, Instant> patterns, boolean inline) {

        public Subscriber {
            patterns = Map.copyOf(patterns);
        }

        /** A subscriber all of whose patterns are known since one instant. */
        public static Subscriber of(String name, Set<String> patterns, boolean inline, Instant since) {
            Map<String, Instant> known = new TreeMap<>();
            patterns.forEach(pattern -> known.put(pattern, since));
            return new Subscriber(name, known, inline);
        }
    }

    /**
     * Says that a running node has a subscriber of this name with these patterns. While nodes of several releases run, each
     * registers its own, and the union counts: a pattern that is stored keeps its {@code since}; one that no node has registered
     * for {@link #KEPT} is deleted. A retired subscriber is new again. Two registrations of one name wait for each other.
     */
    void register(Tx tx, String name, Set<String> patterns, boolean inline, Instant now);

    /** All subscribers except retired ones, in name order. */
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
