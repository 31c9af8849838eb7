package dev.matrix.security;

import dev.matrix.core.spi.Step;
import java.time.Duration;
import java.time.Instant;

/** Deletes proofs that nobody used: they count for 5 minutes, and are kept for a day. */
record FactorRetention(FactorStores stores) implements Step {

    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int BATCH = 1_000;

    @Override
    public String name() {
        return "security.proofs";
    }

    @Override
    public Instant run(Instant now) {
        int deleted = stores.transactions().returning(tx -> stores.proofs().deleteProofs(tx, now.minus(KEPT), BATCH));
        return deleted == BATCH ? now : now.plus(PAUSE);
    }
}
