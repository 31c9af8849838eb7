package dev.matrix.sla;

import java.util.List;

/**
 * How this node measures.
 *
 * @param series bound subscriptions that it counts
 * @param overflowed records of subscriptions without a current binding
 * @param rejected records that were dropped: negative durations, or more than 60 s ahead
 * @param waitingMinutes minutes that are counted and not stored yet
 * @param lostMinutes minutes that were given up, since the store was away for longer than 24 hours
 * @param undefinedTiers tiers of bound subscriptions that have no definition
 */
public record SlaHealth(
        int series, long overflowed, long rejected, int waitingMinutes, long lostMinutes, List<String> undefinedTiers) {

    public SlaHealth {
        undefinedTiers = List.copyOf(undefinedTiers);
    }
}
