package dev.matrix.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.IpRuleRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The scopes that this node has asked about, compiled. A scope's number is read before its rules, in one transaction: rules
 * that commit in between are read too or raise the number beyond what is kept, so that the next poll finds a difference. Any
 * difference counts, not only a greater number, since a restored database may have lower ones.
 */
final class ScopeCache {

    private static final int MOST = 10_000;
    private static final int BATCH = 5_000;
    private static final Duration FRESH_FOR = Duration.ofSeconds(30);

    private record Entry(int slot, long epoch, CompiledScope scope) {}

    private final SecurityStores stores;
    private final InstantSource clock;
    private final Cache<RuleScope, Entry> compiled = Caffeine.newBuilder()
            .maximumSize(MOST)
            .executor(Runnable::run)
            .<RuleScope, Entry>removalListener((scope, entry, cause) -> harvest(entry))
            .build();
    private final Map<String, Long> hits = new ConcurrentHashMap<>();
    private volatile Instant polled;

    ScopeCache(SecurityStores stores, InstantSource clock) {
        this.stores = stores;
        this.clock = clock;
        this.polled = clock.instant();
    }

    /** The scope as of now. Reads the stores when it isn't known: never call it inside a transaction. */
    CompiledScope get(RuleScope scope, Instant now) {
        Entry entry = compiled.get(scope, this::load);
        if (now.isBefore(entry.scope().validUntil())) {
            return entry.scope();
        }
        Entry later = compiled.asMap().computeIfPresent(scope, (same, known) -> asOf(known, now));
        return later == null ? get(scope, now) : later.scope();
    }

    private static Entry asOf(Entry known, Instant now) {
        boolean over = !now.isBefore(known.scope().validUntil());
        return over ? new Entry(known.slot(), known.epoch(), known.scope().asOf(now)) : known;
    }

    private Entry load(RuleScope scope) {
        int slot = RuleRows.slot(scope);
        return stores.transactions().returning(tx -> {
            long epoch = stores.epochs().all(tx).getOrDefault(slot, 0L);
            Optional<AccessPolicy> policy = RuleRows.policy(stores, tx, scope);
            List<Optional<LiveRule>> rules = rules(tx, scope);
            List<Optional<GeoRule>> geoRules = RuleRows.geoRules(stores, tx, scope);
            boolean readable = policy.isPresent()
                    && rules.stream().allMatch(Optional::isPresent)
                    && geoRules.stream().allMatch(Optional::isPresent);
            return new Entry(
                    slot,
                    epoch,
                    CompiledScope.of(
                            policy.orElse(AccessPolicy.standard(scope)),
                            readable,
                            rules.stream().flatMap(Optional::stream).toList(),
                            geoRules.stream().flatMap(Optional::stream).toList(),
                            clock.instant()));
        });
    }

    private List<Optional<LiveRule>> rules(Tx tx, RuleScope scope) {
        List<Optional<LiveRule>> rules = new ArrayList<>();
        String after = null;
        List<IpRuleRow> batch;
        do {
            batch = stores.rules().after(tx, scope.text(), after, BATCH);
            for (IpRuleRow row : batch) {
                rules.add(RuleRows.live(row));
                after = row.id();
            }
        } while (batch.size() == BATCH);
        return rules;
    }

    /** Reads all numbers once, and forgets each scope whose number is another than when it was read. */
    void poll(Instant begun) {
        Map<Integer, Long> epochs = stores.transactions().returning(stores.epochs()::all);
        compiled.asMap().forEach((scope, entry) -> {
            if (epochs.getOrDefault(entry.slot(), 0L) != entry.epoch()) {
                compiled.asMap().remove(scope, entry);
            }
        });
        polled = begun;
    }

    /** Whether a poll has succeeded that began at most 30 s ago. */
    boolean isFresh(Instant now) {
        return !now.isAfter(polled.plus(FRESH_FOR));
    }

    private void harvest(@Nullable Entry entry) {
        if (entry != null) {
            entry.scope().rules().forEach(rule -> {
                long more = rule.hits().sumThenReset();
                if (more > 0 && rule.id() != null) {
                    hits.merge(rule.id(), more, Long::sum);
                }
            });
        }
    }

    /** Takes the hits of each rule since this was last called. */
    Map<String, Long> takeHits() {
        compiled.asMap().values().forEach(this::harvest);
        Map<String, Long> taken = new HashMap<>();
        hits.keySet().forEach(id -> {
            Long count = hits.remove(id);
            if (count != null) {
                taken.put(id, count);
            }
        });
        return taken;
    }
}
