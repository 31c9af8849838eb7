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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges what was measured, shard by shard: each shard on the one node that holds its lease. Every transaction asks for the lease
 * first, so that a node which lost it writes nothing; a shard that fails is read again from the stored rows.
 */
final class EvaluateStep implements Step {

    static final String NAME = "sla.evaluate";

    private static final Logger LOG = LoggerFactory.getLogger(EvaluateStep.class);

    private static final String LEASE = "sla.shard.";
    private static final Duration HELD = Duration.ofSeconds(30);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration GIVEN_UP = Duration.ofMinutes(10);

    private final SlaStores stores;
    private final Records records;
    private final Watch watch;
    private final Silence silence;
    private final String node;
    private final Map<Integer, Lease> leases = new TreeMap<>();
    private final Map<Integer, Shard> shards = new TreeMap<>();

    /** Shards that failed here, and until when they are left alone. */
    private final Map<Integer, Instant> paused = new TreeMap<>();

    private long silenceJudged = Long.MIN_VALUE;

    EvaluateStep(SlaStores stores, Records records, Watch watch, Silence silence, String node) {
        this.stores = stores;
        this.records = records;
        this.watch = watch;
        this.silence = silence;
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
            if (!isPaused(shard, now)) {
                tryEvaluate(shard, now);
            }
        }
        return now.plus(EVERY);
    }

    private boolean isPaused(int shard, Instant now) {
        return paused.getOrDefault(shard, Instant.MIN).isAfter(now);
    }

    /** A shard that fails stops no other. One with rows of a newer version is left to a node that knows them. */
    private void tryEvaluate(int shard, Instant now) {
        try {
            evaluate(shard, now);
        } catch (UnknownFormatException e) {
            LOG.warn("Shard {} is left to a newer node: {}", shard, e.getMessage());
            paused.put(shard, now.plus(GIVEN_UP));
            Lease lease = leases.remove(shard);
            if (lease != null) {
                stores.transactions().inTransaction(tx -> stores.leases().release(tx, lease));
            }
        } catch (RuntimeException e) {
            LOG.warn("Shard {} couldn't be judged; it is read again in {}", shard, PAUSE, e);
            paused.put(shard, now.plus(PAUSE));
        }
    }

    private void hold(Tx tx, Instant now) {
        LeaseStore store = stores.leases();
        for (int shard = 0; shard < Subscribed.shards(); shard++) {
            Lease lease = leases.get(shard);
            if (lease == null || !store.renew(tx, lease, now, HELD)) {
                Optional<Lease> taken = isPaused(shard, now) && lease == null
                        ? Optional.empty()
                        : store.acquire(tx, LEASE + shard, node, now, HELD);
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
                if (number == Silence.SHARD && Counting.minute(now) != silenceJudged) {
                    silence.judge(tx, now);
                    silenceJudged = Counting.minute(now);
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
