package dev.matrix.testkit.sim;

import dev.matrix.core.spi.StoreClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** A broken store clock: the node's wall clock and its distance to the store's; what was ever read is never gone back on. */
final class WallClock implements StoreClock {

    private static final Duration TRUSTED_FOR = Duration.ofSeconds(60);

    private final InstantSource node;
    private final Supplier<Instant> store;
    private Duration ahead = Duration.ZERO;
    private Instant answeredAt = Instant.MIN;
    private Instant latest = Instant.MIN;

    WallClock(InstantSource node, Supplier<Instant> store) {
        this.node = node;
        this.store = store;
        refresh();
    }

    @Override
    public Instant instant() {
        Instant now = node.instant().plus(ahead);
        latest = now.isAfter(latest) ? now : latest;
        return latest;
    }

    @Override
    public void refresh() {
        Instant asked = node.instant();
        Instant theirs = store.get();
        Instant told = node.instant();
        ahead = Duration.between(asked.plus(Duration.between(asked, told).dividedBy(2)), theirs);
        answeredAt = told;
    }

    @Override
    public boolean isTrusted() {
        Duration age = Duration.between(answeredAt, node.instant());
        return !age.isNegative() && age.compareTo(TRUSTED_FOR) <= 0;
    }
}
