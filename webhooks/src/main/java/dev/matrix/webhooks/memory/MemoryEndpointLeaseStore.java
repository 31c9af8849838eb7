package dev.matrix.webhooks.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.spi.EndpointLeaseStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@link EndpointLeaseStore} in memory. */
final class MemoryEndpointLeaseStore implements EndpointLeaseStore {

    private static final int MOST_AT_ONCE = 64;

    private record Row(
            Lease lease,
            @Nullable Instant blockedUntil,
            @Nullable Instant wakeAt,
            String breaker) {}

    private final MemoryTable<String, Row> leases = new MemoryTable<>();
    private final OpenDeliveries open;

    MemoryEndpointLeaseStore(OpenDeliveries open) {
        this.open = open;
    }

    boolean isNewest(Tx tx, String endpointId, long token) {
        Row state = leases.get(tx, endpointId);
        return state != null && state.lease().token() == token && isHeld(state.lease());
    }

    private static boolean isHeld(Lease lease) {
        return lease.until().isAfter(Instant.MIN);
    }

    @Override
    public List<Taken> acquire(Tx tx, Collection<String> endpointIds, String node, Instant now, Duration lease) {
        List<Taken> taken = new ArrayList<>();
        for (String id : new TreeSet<>(endpointIds)) {
            Row former = leases.get(tx, id);
            if (taken.size() < MOST_AT_ONCE && (former == null || isFree(former, now))) {
                long token = former == null ? 1 : former.lease().token() + 1;
                Lease next = new Lease(id, node, token, now.plus(lease));
                String breaker = former == null ? "" : former.breaker();
                leases.put(tx, id, new Row(next, null, next.until(), breaker));
                taken.add(new Taken(next, breaker));
            }
        }
        return taken;
    }

    private static boolean isFree(Row state, Instant now) {
        return !state.lease().until().isAfter(now) && isUnblocked(state.blockedUntil(), now);
    }

    private static boolean isUnblocked(@Nullable Instant blockedUntil, Instant now) {
        return blockedUntil == null || !blockedUntil.isAfter(now);
    }

    @Override
    public Set<String> renew(Tx tx, List<Lease> held, Instant now, Duration lease) {
        Set<String> renewed = new HashSet<>();
        for (Lease one : held) {
            Row state = leases.get(tx, one.key());
            if (state != null
                    && state.lease().token() == one.token()
                    && state.lease().until().isAfter(now)) {
                Lease longer = state.lease().until(now.plus(lease));
                leases.put(tx, one.key(), new Row(longer, state.blockedUntil(), longer.until(), state.breaker()));
                renewed.add(one.key());
            }
        }
        return renewed;
    }

    @Override
    public void release(Tx tx, List<LeaseState> states) {
        for (LeaseState state : states) {
            if (isNewest(tx, state.lease().key(), state.lease().token())) {
                leases.put(
                        tx,
                        state.lease().key(),
                        new Row(
                                state.lease().until(Instant.MIN),
                                state.blockedUntil(),
                                open.earliestRetry(tx, state.lease().key()),
                                state.breaker()));
            }
        }
    }

    @Override
    public void unblock(Tx tx, Collection<String> endpointIds) {
        for (String id : endpointIds) {
            Row state = leases.get(tx, id);
            if (state != null) {
                leases.put(tx, id, new Row(state.lease(), null, state.wakeAt(), state.breaker()));
            }
        }
    }

    @Override
    public List<String> retriesDue(Tx tx, Instant now, int limit) {
        return leases.rows(tx).values().stream()
                .filter(state -> state.wakeAt() != null && !state.wakeAt().isAfter(now) && isFree(state, now))
                .sorted(Comparator.comparing(Row::wakeAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder())))
                .map(state -> state.lease().key())
                .limit(limit)
                .toList();
    }
}
