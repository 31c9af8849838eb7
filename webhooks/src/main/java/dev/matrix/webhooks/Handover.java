package dev.matrix.webhooks;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Brings what was committed to the lanes. What this node's publishers have just routed goes to them as it is, without a look
 * at the store, while they keep up; all else they are told to look for.
 */
final class Handover {

    private final Lanes lanes;
    private final Leasing leasing;
    private final Requests requests;
    private final InstantSource clock;
    private final Consumer<String> wake;

    /** @param wake lets the step of that name run */
    Handover(Lanes lanes, Leasing leasing, Requests requests, InstantSource clock, Consumer<String> wake) {
        this.lanes = lanes;
        this.leasing = leasing;
        this.requests = requests;
        this.clock = clock;
        this.wake = wake;
    }

    /** Takes deliveries whose insert has committed. Called by publishers, so nothing is sent here. */
    void accept(List<Fresh> routed) {
        Set<String> endpoints = new TreeSet<>();
        routed.forEach(fresh -> endpoints.add(fresh.endpointId()));
        Map<String, Target> targets = lanes.isHeavy() ? Map.of() : lanes.targets(endpoints);
        Set<String> left = new TreeSet<>();
        for (Fresh fresh : routed) {
            Target target = targets.get(fresh.endpointId());
            if (target == null || !lanes.takeFresh(fresh, body(fresh, target), clock.instant())) {
                left.add(fresh.endpointId());
            }
        }
        if (left.size() < endpoints.size()) {
            wake.accept(Dispatcher.NAME);
        }
        if (!left.isEmpty()) {
            look(left);
        }
    }

    private byte[] body(Fresh fresh, Target target) {
        return requests.body(fresh.event(), target.settings().body());
    }

    /** Has these endpoints' rows looked for in the store. */
    void look(Collection<String> endpoints) {
        leasing.hint(endpoints);
        lanes.hint(endpoints);
        wake.accept(Feed.NAME);
    }
}
