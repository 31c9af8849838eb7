package dev.matrix.security;

import dev.matrix.core.spi.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is written once a minute: how often rules decided, when keys were last used, which keys' ends have passed; and keys
 * that ended a year ago are deleted. A crash loses a minute of the first two.
 */
record KeyCare(SecurityStores stores, ScopeCache scopes, KeyCache keys, KeyChanges changes) implements Step {

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration KEPT = Duration.ofDays(365);
    private static final int BATCH = 100;

    @Override
    public String name() {
        return "security.keys";
    }

    @Override
    public Instant run(Instant now) {
        Map<String, Long> hits = scopes.takeHits();
        Map<String, Instant> used = keys.takeUsed();
        int ended = stores.transactions().returning(tx -> {
            new TreeMap<>(hits).forEach((id, count) -> stores.rules().addHits(tx, id, count, now));
            new TreeMap<>(used).forEach((id, at) -> stores.keys().used(tx, id, at));
            stores.keys().deleteEnded(tx, now.minus(KEPT), BATCH);
            var over = stores.keys().ended(tx, now, BATCH);
            over.forEach(row -> changes.expire(tx, row, now));
            return over.size();
        });
        return ended == BATCH ? now : now.plus(PAUSE);
    }

    @Override
    public void finish(Instant now) {
        run(now);
    }
}
