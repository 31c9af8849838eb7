package dev.matrix.analytics.cost;

import dev.matrix.analytics.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A machine as events described it, with its samples.
 *
 * @param snapshots in the order in which they hold; not empty
 * @param samples in time order
 */
record KnownMachine(String id, List<MachineFact> snapshots, List<ResourceSample> samples) {

    MachineFact latest() {
        return snapshots.get(snapshots.size() - 1);
    }

    Instant createdAt() {
        return snapshots.get(0).at();
    }

    /** How long it ran in a window. */
    Duration ran(Window window) {
        Duration sum = Duration.ZERO;
        boolean runs = false;
        for (int i = 0; i < snapshots.size(); i++) {
            runs = snapshots.get(i).runs(runs);
            Instant until = i + 1 < snapshots.size() ? snapshots.get(i + 1).at() : window.to();
            if (runs) {
                sum = sum.plus(within(window, snapshots.get(i).at(), until));
            }
        }
        return sum;
    }

    private static Duration within(Window window, Instant from, Instant to) {
        Instant start = from.isBefore(window.from()) ? window.from() : from;
        Instant end = to.isAfter(window.to()) ? window.to() : to;
        return start.isBefore(end) ? Duration.between(start, end) : Duration.ZERO;
    }
}
