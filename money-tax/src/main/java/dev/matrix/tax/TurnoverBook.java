package dev.matrix.tax;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.matrix.core.Ids;
import dev.matrix.core.Owner;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.payload.Period;
import dev.matrix.core.event.payload.TaxThresholdCrossed;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.spi.TaxTurnoverStore;
import dev.matrix.tax.spi.TaxTurnoverStore.TurnoverRow;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Counts sales for thresholds, and tells once per year that one was reached. */
final class TurnoverBook {

    private static final long MOST_CROSSED = 10_000;

    private final EventLog events;
    private final Ids ids;
    private final InstantSource clock;
    private final TaxTurnoverStore store;
    private final KnownFacts facts;
    private final SupplyRules supplies;
    private final Set<Crossed> crossed = Collections.newSetFromMap(Caffeine.newBuilder()
            .maximumSize(MOST_CROSSED)
            .<Crossed, Boolean>build()
            .asMap());

    /** A crossing that is in the store, where it stays: nobody needs to judge that threshold again this year. */
    private record Crossed(String seller, String threshold, int year) {}

    /** A threshold's window, by a day of its last month or of its year. */
    private record Window(TaxThreshold threshold, LocalDate day) {

        Crossed crossed(String seller) {
            return new Crossed(seller, threshold.id(), day.getYear());
        }
    }

    TurnoverBook(
            EventLog events,
            Ids ids,
            InstantSource clock,
            TaxTurnoverStore store,
            KnownFacts facts,
            SupplyRules supplies) {
        this.events = events;
        this.ids = ids;
        this.clock = clock;
        this.store = store;
        this.facts = facts;
        this.supplies = supplies;
    }

    void add(Tx tx, TaxCalculation calculation, Map<String, Money> amounts, int sales) {
        String seller = calculation.request().sellerId();
        LocalDate day = calculation.taxDate();
        List<TurnoverRow> rows = new ArrayList<>();
        amounts.forEach((counts, amount) -> rows.add(
                new TurnoverRow(counts, YearMonth.from(day), amount.currency().code(), amount.amount(), sales)));
        if (rows.isEmpty()) {
            return;
        }
        List<Window> open = amounts.keySet().stream()
                .flatMap(counts -> supplies.lookingAt(counts, day).stream())
                .flatMap(threshold -> windows(threshold, day))
                .filter(window -> !crossed.contains(window.crossed(seller)))
                .toList();
        Set<String> looked =
                open.stream().map(window -> window.threshold().counts()).collect(Collectors.toSet());
        store.lock(tx, seller, looked);
        store.add(tx, seller, rows);
        tx.hintAfterCommit(() -> facts.forgetTurnover(seller));
        if (!open.isEmpty()) {
            Turnover turnover = facts.turnover(tx, store.since(tx, seller, looked, YearMonth.of(day.getYear() - 1, 1)));
            open.forEach(window -> cross(tx, seller, window, turnover));
        }
    }

    /** Takes a reversed net off what the sale has added; undoing a reversal adds it again. */
    void takeOff(Tx tx, TaxCalculation calculation, Money net) {
        Money off = calculation.sign() < 0 ? net : net.negated();
        Map<String, Money> amounts = new TreeMap<>();
        calculation.turnover().keySet().forEach(counts -> amounts.put(counts, off));
        add(tx, calculation, amounts, 0);
    }

    /** The windows that a sale may fill: one that is entered late counts in windows that have ended since, too. */
    private Stream<Window> windows(TaxThreshold threshold, LocalDate day) {
        Stream<Window> own = Stream.of(new Window(threshold, day));
        if (threshold.window() != TaxThreshold.Window.TWELVE_MONTHS) {
            return own;
        }
        YearMonth month = YearMonth.from(day);
        YearMonth present = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC));
        Stream<Window> later = IntStream.range(1, 12)
                .mapToObj(month::plusMonths)
                .filter(end -> !end.isAfter(present))
                .map(end -> new Window(threshold, end.atDay(1)));
        return Stream.concat(own, later);
    }

    private void cross(Tx tx, String seller, Window window, Turnover turnover) {
        TaxThreshold threshold = window.threshold();
        LocalDate day = window.day();
        Money none = Money.zero(threshold.amount().currency());
        Turnover.Sale nothingMore = new Turnover.Sale(none, day);
        Money sum = turnover.present(threshold, nothingMore);
        if (sum == null || !threshold.isReachedBy(sum)) {
            return;
        }
        tx.afterCommit(() -> crossed.add(window.crossed(seller)));
        if (store.cross(tx, seller, threshold.id(), Integer.toString(day.getYear()))) {
            LocalDate start = LocalDate.of(day.getYear(), 1, 1);
            Period period = new Period(
                    start.atStartOfDay(ZoneOffset.UTC).toInstant(),
                    start.plusYears(1).atStartOfDay(ZoneOffset.UTC).toInstant(),
                    ZoneOffset.UTC);
            events.publish(
                    tx,
                    new TaxThresholdCrossed(ids.next("txt"), Owner.platform(), seller, threshold.id(), period, sum));
        }
    }
}
