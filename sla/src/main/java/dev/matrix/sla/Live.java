package dev.matrix.sla;

import dev.matrix.core.event.payload.SlaObjective;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A subscription that this node watches: its judged minutes, open alerts and standing breaches. Not thread-safe. */
final class Live {

    final Subscribed subscribed;
    final JudgedSpan judged;
    final Map<SlaObjective, OpenAlert> alerts = new HashMap<>();

    /** Breaches that were published, by segment. */
    final Map<Long, Set<SlaObjective>> breached = new HashMap<>();

    Live(Subscribed subscribed, JudgedSpan judged) {
        this.subscribed = subscribed;
        this.judged = judged;
    }

    Set<SlaObjective> breachedIn(Segment segment) {
        return breached.computeIfAbsent(segment.from(), any -> new HashSet<>());
    }

    /** An alert as it was read or written last. */
    record OpenAlert(SlaAlert alert, long version) {}
}
