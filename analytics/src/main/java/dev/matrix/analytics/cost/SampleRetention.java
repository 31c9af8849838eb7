package dev.matrix.analytics.cost;

import dev.matrix.core.spi.Step;
import java.time.Duration;
import java.time.Instant;

/** Removes samples that are older than 93 days, in pieces, each in a transaction of its own. */
record SampleRetention(CostStores stores) implements Step {

    private static final Duration KEPT = Duration.ofDays(93);
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int AT_ONCE = 1_000;

    @Override
    public String name() {
        return "cost.samples";
    }

    @Override
    public Instant run(Instant now) {
        int removed =
                stores.transactions().returning(tx -> stores.samples().deleteBefore(tx, now.minus(KEPT), AT_ONCE));
        return removed < AT_ONCE ? now.plus(PAUSE) : now;
    }
}
