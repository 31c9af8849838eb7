package dev.matrix.sla;

import dev.matrix.core.spi.Lease;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Judges what was measured, shard by shard: each shard on the one node that holds its lease. Every transaction asks for the lease
 * first, so that a node which lost it writes nothing; a shard that fails is read again from the stored rows.
 */
final class EvaluateStep implements Step {

    static final String NAME = "sla.evaluate";

    private static final String LEASE = "sla.shard.";
    private static final Duration HELD = Duration.ofSeconds(30);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final SlaStores stores;
    private final Records records;
    private final Watch watch;
    private final String node;
    private final Map<Integer, Lease> leases = new TreeMap<>();
    private final Map<Integer, Shard> shards = new TreeMap<>();

    EvaluateStep(SlaStores stores, Records records, Watch watch, String node) {
        this.stores = stores;
        this.records = records;
        this.watch = watch;
        this.node = node;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Instant run(Instant now) {
        stores.transactions().inTransaction(tx -> hold(tx, now));
        for (int shard = 0; shard < Subscribed.shards(); shard++) {
            evaluate(shard, now);
        }
        return now.plus(EVERY);
    }

    private void hold(Tx tx, Instant now) {
        LeaseStore store = stores.leases();
        for (int shard = 0; shard < Subscribed.shards(); shard++) {
            Lease lease = leases.get(shard);
            if (lease == null || !store.renew(tx, lease, now, HELD)) {
                Optional<Lease> taken = store.acquire(tx, LEASE + shard, node, now, HELD);
                shards.remove(shard);
                leases.remove(shard);
                if (taken.isPresent()) {
                    leases.put(shard, taken.get());
                }
            } else {
                leases.put(shard, lease.until(now.plus(HELD)));
            }
        }
    }

    private void evaluate(int number, Instant now) {
        Lease lease = leases.get(number);
        if (lease == null) {
            return;
        }
        Shard shard = shards.computeIfAbsent(number, each -> new Shard(each, stores, records));
        boolean done = false;
        try {
            done = stores.transactions().returning(tx -> {
                if (!stores.leases().holds(tx, lease)) {
                    return false;
                }
                if (shard.read(tx, Counting.minute(now))) {
                    shard.subscriptions().forEach(live -> watch.look(tx, live, now));
                }
                return true;
            });
        } finally {
            if (!done) {
                shards.remove(number);
            }
        }
    }

    @Override
    public void finish(Instant now) {
        stores.transactions()
                .inTransaction(
                        tx -> leases.values().forEach(lease -> stores.leases().release(tx, lease)));
    }
}
