package dev.matrix.analytics;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The facts of a report's buckets, of one currency and group.
 *
 * @param currency its code; empty: of all
 * @param group dimension → value; empty without groups
 * @param tallies one per bucket
 */
record FlowLine(String currency, Map<String, String> group, List<Tally> tallies) {

    static FlowLine empty(String currency, Map<String, String> group, int buckets) {
        return new FlowLine(
                currency,
                group,
                IntStream.range(0, buckets).mapToObj(bucket -> new Tally()).toList());
    }

    void add(FlowLine other) {
        for (int bucket = 0; bucket < tallies.size(); bucket++) {
            tallies.get(bucket).add(other.tallies.get(bucket));
        }
    }
}
