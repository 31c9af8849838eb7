package dev.matrix.webhooks;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.spi.AttemptResult;
import dev.matrix.webhooks.spi.DeliveryStore;
import dev.matrix.webhooks.spi.EndpointLeaseStore;
import dev.matrix.webhooks.spi.NewDelivery;
import dev.matrix.webhooks.spi.Routed;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Stores that each break one promise, to see whether anybody notices. */
final class Flaws {

    private Flaws() {}

    /** Results count whoever holds the lease by now. */
    static Stores ignoringTokens(Stores sound) {
        Map<String, Long> newest = new HashMap<>();
        EndpointLeaseStore leases = sound.get(EndpointLeaseStore.class);
        DeliveryStore deliveries = sound.get(DeliveryStore.class);
        return sound.with(EndpointLeaseStore.class, new LeasesView(leases) {
                    @Override
                    public List<Taken> acquire(
                            Tx tx, Collection<String> endpointIds, String node, Instant now, Duration lease) {
                        List<Taken> taken = super.acquire(tx, endpointIds, node, now, lease);
                        taken.forEach(
                                one -> newest.put(one.lease().key(), one.lease().token()));
                        return taken;
                    }
                })
                .with(DeliveryStore.class, new DeliveriesView(deliveries) {
                    @Override
                    public Set<String> complete(Tx tx, List<AttemptResult> results) {
                        Set<String> applied = new HashSet<>();
                        for (AttemptResult result : results) {
                            Delivery after = result.after();
                            int requests = find(tx, after.id()).orElseThrow().requests() + 1;
                            long token = newest.getOrDefault(after.endpointId(), 0L);
                            applied.addAll(super.complete(
                                    tx,
                                    List.of(new AttemptResult(
                                            result.attempt(), after, requests, result.firstRequestAt(), token))));
                        }
                        return applied;
                    }
                });
    }

    /** Publishers route by what they remember, whatever has been registered since. */
    static Stores ignoringRoutingVersions(Stores sound) {
        return sound.with(DeliveryStore.class, new DeliveriesView(sound.get(DeliveryStore.class)) {
            @Override
            public Routed route(Tx tx, List<NewDelivery> rows, Map<Owner, Long> routingVersions) {
                return super.route(tx, rows, Map.of());
            }
        });
    }

    /** Everybody gets the lease, held or not. */
    static Stores sharingLeases(Stores sound) {
        return sound.with(EndpointLeaseStore.class, new LeasesView(sound.get(EndpointLeaseStore.class)) {
            @Override
            public List<Taken> acquire(
                    Tx tx, Collection<String> endpointIds, String node, Instant now, Duration lease) {
                return super.acquire(tx, endpointIds, node, now.plus(lease), lease);
            }
        });
    }

    /** Leases as they are. */
    static class LeasesView implements EndpointLeaseStore {

        private final EndpointLeaseStore sound;

        LeasesView(EndpointLeaseStore sound) {
            this.sound = sound;
        }

        @Override
        public List<Taken> acquire(Tx tx, Collection<String> endpointIds, String node, Instant now, Duration lease) {
            return sound.acquire(tx, endpointIds, node, now, lease);
        }

        @Override
        public Set<String> renew(Tx tx, List<Lease> held, Instant now, Duration lease) {
            return sound.renew(tx, held, now, lease);
        }

        @Override
        public void release(Tx tx, List<LeaseState> states) {
            sound.release(tx, states);
        }

        @Override
        public void unblock(Tx tx, Collection<String> endpointIds) {
            sound.unblock(tx, endpointIds);
        }

        @Override
        public List<String> retriesDue(Tx tx, Instant now, int limit) {
            return sound.retriesDue(tx, now, limit);
        }
    }
}
