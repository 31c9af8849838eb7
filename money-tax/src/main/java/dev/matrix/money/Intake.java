package dev.matrix.money;

import dev.matrix.core.Ids;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import dev.matrix.money.spi.FxSnapshotStore;
import dev.matrix.money.spi.ObservedRates;
import dev.matrix.money.spi.RateSource;
import dev.matrix.money.spi.Series;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Takes what a source has observed into the store: oldest first, 250 observations a transaction, so that a killed import goes on
 * where it was, and only what isn't there yet, so that a repeated one changes nothing.
 */
final class Intake {

    private static final int BATCH = 250;

    /** How far clocks differ: what an intraday source dates later would hide its true rates until then. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    private final Transactions transactions;
    private final FxSnapshotStore store;
    private final Feeds feeds;
    private final Ids ids;
    private final InstantSource clock;
    private final BiConsumer<Tx, Quarantine> onQuarantine;

    /** A snapshot that must wait, and why. */
    record Quarantine(RateSnapshot snapshot, Moves.Move move) {}

    Intake(
            Transactions transactions,
            FxSnapshotStore store,
            Feeds feeds,
            Ids ids,
            InstantSource clock,
            BiConsumer<Tx, Quarantine> onQuarantine) {
        this.transactions = transactions;
        this.store = store;
        this.feeds = feeds;
        this.ids = ids;
        this.clock = clock;
        this.onQuarantine = onQuarantine;
    }

    /**
     * Stores what is new.
     *
     * @param fence run first in each transaction; throws when this node may no longer write
     * @return whether something was put into quarantine
     * @throws InvalidRequestException if an observation is dated more than a day ahead, of an intraday source more than five
     *     minutes; then nothing was stored
     */
    boolean take(RateSource source, List<ObservedRates> observed, Consumer<Tx> fence) {
        requireNotAhead(source, observed);
        List<ObservedRates> ordered = new ArrayList<>(observed);
        ordered.sort(Comparator.comparing(ObservedRates::observedAt));
        boolean quarantined = false;
        for (int start = 0; start < ordered.size(); start += BATCH) {
            List<ObservedRates> batch = ordered.subList(start, Math.min(ordered.size(), start + BATCH));
            quarantined |= transactions.returning(tx -> {
                fence.accept(tx);
                return takeBatch(tx, source, batch);
            });
        }
        return quarantined;
    }

    private void requireNotAhead(RateSource source, List<ObservedRates> observed) {
        Instant now = clock.instant();
        LocalDate latest = RateMemory.day(now).plusDays(1);
        for (ObservedRates each : observed) {
            if (each.observedOn().isAfter(latest)) {
                throw new InvalidRequestException(source.name() + " dates rates of " + each.base() + " "
                        + each.observedOn() + ", more than a day ahead.");
            }
            if (source.rateClass().isIntraday() && each.observedAt().isAfter(now.plus(CLOCKS_APART))) {
                throw new InvalidRequestException(source.name() + " dates rates of " + each.base() + " "
                        + each.observedAt() + ", more than five minutes ahead.");
            }
        }
    }

    private boolean takeBatch(Tx tx, RateSource source, List<ObservedRates> batch) {
        Map<String, List<ObservedRates>> byBase = new TreeMap<>();
        batch.forEach(each ->
                byBase.computeIfAbsent(each.base(), absent -> new ArrayList<>()).add(each));
        boolean quarantined = false;
        for (Map.Entry<String, List<ObservedRates>> each : byBase.entrySet()) {
            quarantined |= takeSeries(tx, source, new Series(source.name(), each.getKey()), each.getValue());
        }
        return quarantined;
    }

    private boolean takeSeries(Tx tx, RateSource source, Series series, List<ObservedRates> observed) {
        Instant now = clock.instant();
        SeriesIntake intake =
                SeriesIntake.begin(tx, store, series, observed, new Moves(feeds, source.rateClass()), now);
        observed.forEach(each -> intake.take(each, ids.next("fxs")));
        intake.confirmed().forEach(id -> store.decide(tx, id, RateStatus.ACCEPTED, now));
        store.insert(tx, intake.added());
        List<Quarantine> quarantines = intake.quarantines();
        quarantines.forEach(each -> onQuarantine.accept(tx, each));
        return !quarantines.isEmpty();
    }
}
