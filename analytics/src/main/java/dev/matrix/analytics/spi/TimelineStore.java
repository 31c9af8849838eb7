package dev.matrix.analytics.spi;

import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/** The versions of all subscriptions, by customer: the truth that rollups are made of. Rows are changed by an erasure alone. */
public interface TimelineStore {

    /**
     * Locks customers until the transaction ends, in the order of their numbers, so that nobody waits in a circle. Who has locked a
     * customer sees all of its versions that have committed, and none is added until it ends.
     */
    void lockCustomers(Tx tx, SortedSet<Integer> customers);

    /** All versions of these customers, in any order. */
    List<VersionRow> versions(Tx tx, Collection<Integer> customers);

    /** Adds versions of locked customers; returns the ids of those that weren't there. A known event id is left alone. */
    Set<String> insertVersions(Tx tx, List<VersionRow> versions);

    /** Which of these events are there as versions. */
    Set<String> known(Tx tx, Collection<String> eventIds);

    /** Replaces the terms of versions that are there, of locked customers. */
    void replaceTerms(Tx tx, List<VersionRow> versions);

    /**
     * The versions of the next customers by number.
     *
     * @param after numbers up to this one are left out
     * @param customers at most of how many customers
     * @return by customer number, then in any order; empty at the end
     */
    List<VersionRow> scan(Tx tx, int after, int customers);

    /** Notes that an event can't be counted; once per event. */
    void reject(Tx tx, String eventId, String reason, Instant recordedAt);

    /** How many events were rejected, by reason. */
    Map<String, Long> rejected(Tx tx);
}
