package dev.matrix.money;

import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Transactions;
import dev.matrix.money.spi.FxSnapshotStore;
import dev.matrix.money.spi.RateSource;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Keeps of intraday snapshots the day's last alone, after 400 days. Two nodes that do it at once do no harm. */
final class Thinning implements Step {

    private static final int KEPT_DAYS = 400;
    private static final int PIECE = 500;
    private static final Duration EVERY = Duration.ofDays(1);

    private final Transactions transactions;
    private final FxSnapshotStore store;
    private final List<String> intraday;

    Thinning(Transactions transactions, FxSnapshotStore store, List<RateSource> sources) {
        this.transactions = transactions;
        this.store = store;
        this.intraday = sources.stream()
                .filter(source -> source.rateClass().isIntraday())
                .map(RateSource::name)
                .toList();
    }

    @Override
    public String name() {
        return "fx.thin";
    }

    @Override
    public Instant run(Instant now) {
        LocalDate before = RateMemory.day(now).minusDays(KEPT_DAYS);
        boolean more = false;
        for (String source : intraday) {
            more |= transactions.returning(tx -> store.thin(tx, source, before, PIECE)) == PIECE;
        }
        return more ? now : now.plus(EVERY);
    }
}
