package dev.matrix.webhooks;

import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.spi.EndpointLeaseStore.LeaseState;
import dev.matrix.webhooks.spi.EndpointLeaseStore.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Leases endpoints that have something to send, and gives back those that have had nothing for 10 s. A node leases
 * endpoints and not deliveries: rows need no claim, and caps, rates, breaker and order are exact, as one node at a time
 * judges them. What a node still does when its lease has passed on is fenced off by the token as its results are stored.
 */
final class Leasing {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration DISCOVER_EVERY = Duration.ofMillis(50);
    private static final int DISCOVERED_AT_ONCE = 2_000;
    private static final int LEASED_AT_ONCE = 64;
    private static final int RENEWALS_PER_LEASE = 6;

    private final WebhookStores stores;
    private final Lanes lanes;
    private final String node;
    private final Duration lease;

    /** Endpoints that this node's own publishers have just routed to. */
    private final Set<String> hints = ConcurrentHashMap.newKeySet();

    private @Nullable String cursor;
    private Instant discoverAt = Instant.MIN;
    private Instant renewAt = Instant.MIN;

    Leasing(WebhookStores stores, Lanes lanes, String node, Duration lease) {
        this.stores = stores;
        this.lanes = lanes;
        this.node = node;
        this.lease = lease;
    }

    void hint(Collection<String> endpoints) {
        hints.addAll(endpoints);
    }

    /** Renews, releases, discovers and acquires; true when there may be more to acquire at once. */
    boolean run(Instant now) {
        renew(now);
        release(lanes.remove(lane -> lane.isIdle(now, PATIENCE)), now);
        return lanes.hasRoom() && acquire(now);
    }

    private void renew(Instant now) {
        List<Lease> held = lanes.leases();
        if (!held.isEmpty() && !renewAt.isAfter(now)) {
            Set<String> renewed =
                    stores.transactions().returning(tx -> stores.leases().renew(tx, held, now, lease));
            lanes.renewed(renewed, held, now.plus(lease));
            renewAt = now.plus(lease.dividedBy(RENEWALS_PER_LEASE));
        }
    }

    /** Releases what has nothing under way; the other leases end by themselves, when their requests have. */
    void releaseAll(Instant now) {
        release(lanes.remove(lane -> !lane.isInFlight()), now);
    }

    private void release(List<Lane> idle, Instant now) {
        if (!idle.isEmpty()) {
            List<LeaseState> states = idle.stream().map(lane -> lane.state(now)).toList();
            stores.transactions().inTransaction(tx -> stores.leases().release(tx, states));
        }
    }

    /** A hint of an endpoint that isn't held yet is followed at once; the store is searched each 50 ms. */
    private boolean acquire(Instant now) {
        Set<String> held = lanes.endpoints();
        Set<String> wanted = takeHints();
        wanted.removeAll(held);
        boolean search = !discoverAt.isAfter(now);
        if (wanted.isEmpty() && !search) {
            return false;
        }
        List<Taken> taken = new ArrayList<>();
        boolean more = stores.transactions().returning(tx -> {
            boolean full = search && discover(tx, now, wanted);
            wanted.removeAll(held);
            if (!wanted.isEmpty()) {
                taken.addAll(stores.leases().acquire(tx, wanted, node, now, lease));
            }
            return full || taken.size() == LEASED_AT_ONCE;
        });
        lanes.add(taken, now);
        discoverAt = more ? Instant.MIN : search ? now.plus(DISCOVER_EVERY) : discoverAt;
        return more;
    }

    private Set<String> takeHints() {
        Set<String> hinted = new TreeSet<>();
        for (Iterator<String> each = hints.iterator(); each.hasNext(); ) {
            hinted.add(each.next());
            each.remove();
        }
        return hinted;
    }

    private boolean discover(Tx tx, Instant now, Set<String> wanted) {
        List<String> fresh = stores.deliveries().freshEndpoints(tx, cursor, DISCOVERED_AT_ONCE);
        boolean full = fresh.size() == DISCOVERED_AT_ONCE;
        cursor = full ? fresh.get(fresh.size() - 1) : null;
        wanted.addAll(fresh);
        wanted.addAll(stores.leases().retriesDue(tx, now, DISCOVERED_AT_ONCE));
        return full;
    }
}
