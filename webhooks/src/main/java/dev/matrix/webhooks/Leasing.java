package dev.matrix.webhooks;

import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.Polling;
import dev.matrix.webhooks.spi.EndpointLeaseStore.LeaseState;
import dev.matrix.webhooks.spi.EndpointLeaseStore.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
    private static final int DISCOVERED_AT_ONCE = 2_000;
    private static final int LEASED_AT_ONCE = 64;
    private static final int RENEWALS_PER_LEASE = 6;

    private final WebhookStores stores;
    private final Lanes lanes;
    private final String node;
    private final Duration lease;

    /** How long an endpoint that was found PAUSED is passed over; a change of this node's ends it. */
    private static final Duration PAUSED_FOR = Duration.ofSeconds(10);

    /** Endpoints that may have something to send: discovered, or just routed to by this node's own publishers. */
    private final Set<String> hints = ConcurrentHashMap.newKeySet();

    /** Endpoints whose pauses a person has ended: in the store too, where this node has no lane for them. */
    private final Set<String> unblocked = ConcurrentHashMap.newKeySet();

    /** Endpoints that were PAUSED when they were last read, until when they are passed over. */
    private final Map<String, Instant> paused = new ConcurrentHashMap<>();

    private final Polling polling = new Polling();
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

    /** Has an endpoint that has changed leased, PAUSED or not, if it may be. */
    void changed(String endpoint) {
        paused.remove(endpoint);
        hints.add(endpoint);
    }

    /** Has an endpoint leased even if it was to wait. */
    void unblock(String endpoint) {
        unblocked.add(endpoint);
        hints.add(endpoint);
    }

    /** Renews, releases, discovers and acquires; true when there may be more to acquire at once. */
    boolean run(Instant now) {
        renew(now);
        rest(lanes.remove(Lane::isPaused), now);
        release(lanes.remove(lane -> lane.isIdle(now, PATIENCE)), now);
        boolean more = discover(now);
        if (lanes.hasRoom()) {
            more |= acquire(now);
        }
        return more;
    }

    private void renew(Instant now) {
        List<Lease> held = renewAt.isAfter(now) ? List.of() : lanes.leases();
        if (!held.isEmpty()) {
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

    /** Releases what is PAUSED; its backlog, which is found each time, leads to no other lease for a while. */
    private void rest(List<Lane> found, Instant now) {
        paused.values().removeIf(until -> !until.isAfter(now));
        found.forEach(lane -> paused.put(lane.id(), now.plus(PAUSED_FOR)));
        release(found, now);
    }

    private void release(List<Lane> idle, Instant now) {
        if (!idle.isEmpty()) {
            List<LeaseState> states = idle.stream().map(lane -> lane.state(now)).toList();
            stores.transactions().inTransaction(tx -> stores.leases().release(tx, states));
        }
    }

    /**
     * Searches the store each 50 ms, less often after some quiet ({@link Polling}), at once while there may be more: what has
     * something to send is to be leased or, where this node has leased it already, to be read.
     */
    private boolean discover(Instant now) {
        if (discoverAt.isAfter(now)) {
            return false;
        }
        Set<String> watched = new HashSet<>(lanes.watching());
        watched.addAll(paused.keySet());
        List<String> retries = new ArrayList<>();
        List<String> fresh = stores.transactions().returning(tx -> {
            retries.addAll(stores.leases().retriesDue(tx, now, DISCOVERED_AT_ONCE));
            return stores.deliveries().freshEndpoints(tx, cursor, watched, DISCOVERED_AT_ONCE);
        });
        lanes.suspect(fresh);
        hints.addAll(fresh);
        hints.addAll(retries);
        if (!fresh.isEmpty() || !retries.isEmpty()) {
            polling.found(now);
        }
        boolean full = fresh.size() == DISCOVERED_AT_ONCE;
        cursor = full ? fresh.get(fresh.size() - 1) : null;
        discoverAt = full ? Instant.MIN : now.plus(polling.pause(now));
        return full;
    }

    /** Leases what was discovered, or hinted at and may be leased; true when there is more of it. */
    private boolean acquire(Instant now) {
        Set<String> ended = take(unblocked);
        Set<String> wanted = lanes.free(take(hints));
        wanted.removeAll(paused.keySet());
        if (wanted.isEmpty()) {
            return false;
        }
        ended.retainAll(wanted);
        if (!ended.isEmpty()) {
            stores.transactions().inTransaction(tx -> stores.leases().unblock(tx, ended));
        }
        List<Taken> taken =
                stores.transactions().returning(tx -> stores.leases().acquire(tx, wanted, node, now, lease));
        lanes.add(taken, now);
        if (taken.size() < LEASED_AT_ONCE) {
            return false;
        }
        taken.forEach(one -> wanted.remove(one.lease().key()));
        hints.addAll(wanted);
        return true;
    }

    private static Set<String> take(Set<String> endpoints) {
        Set<String> taken = new TreeSet<>();
        for (Iterator<String> each = endpoints.iterator(); each.hasNext(); ) {
            taken.add(each.next());
            each.remove();
        }
        return taken;
    }
}
