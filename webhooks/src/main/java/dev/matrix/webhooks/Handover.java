package dev.matrix.webhooks;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Brings what was committed to the lanes. What this node's publishers have just routed goes to them as it is, without a read
 * of the store, while they keep up; everything else they are told to read.
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

    /**
     * Takes deliveries whose insert has committed. Called by publishers, so nothing is sent here. One that stalls between its
     * commit and this call may hand over what a read has found and sent meanwhile: the receiver gets that twice, by one id.
     */
    void accept(List<Fresh> routed) {
        Instant now = clock.instant();
        Map<String, Target> open =
                lanes.open(routed.stream().map(Fresh::endpointId).collect(Collectors.toSet()), now);
        Set<String> left = new TreeSet<>();
        boolean taken = false;
        for (Fresh fresh : routed) {
            Target target = open.get(fresh.endpointId());
            // What follows one that has to wait waits behind it.
            if (target != null && !left.contains(fresh.endpointId()) && take(fresh, target, now)) {
                taken = true;
            } else {
                left.add(fresh.endpointId());
            }
        }
        if (taken) {
            wake.accept(Dispatcher.NAME);
        }
        if (!left.isEmpty()) {
            look(left);
        }
    }

    private boolean take(Fresh fresh, Target target, Instant now) {
        return lanes.takeFresh(
                fresh, requests.body(fresh.event(), target.settings().body()), now);
    }

    /** Has an endpoint that has changed, or of which something was cancelled, sent to only as the store now has it. */
    void changed(String endpoint) {
        lanes.outdate(endpoint);
        leasing.changed(endpoint);
        look(List.of(endpoint));
    }

    /** The same of one that a person has mended: it waits no longer for what it failed by. */
    void mended(String endpoint) {
        lanes.outdate(endpoint);
        leasing.changed(endpoint);
        now(endpoint);
    }

    /** Has an endpoint's due rows sent now, whatever its pauses: at least one, to see whether it is up. */
    void now(String endpoint) {
        leasing.unblock(endpoint);
        lanes.unblock(List.of(endpoint), clock.instant());
        look(List.of(endpoint));
    }

    /** Has nothing that was read before sent any more. */
    void erased() {
        lanes.outdateAll();
        wake.accept(Feed.NAME);
    }

    /** Has these endpoints' rows read from the store. */
    void look(Collection<String> endpoints) {
        leasing.hint(endpoints);
        lanes.hint(endpoints);
        wake.accept(Feed.NAME);
    }
}
