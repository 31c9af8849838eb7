package dev.matrix.tax;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.event.Period;
import dev.matrix.core.event.TaxThresholdCrossed;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.spi.TaxTurnoverStore;
import dev.matrix.tax.spi.TaxTurnoverStore.TurnoverRow;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Counts sales for thresholds, and tells once a year that one was reached (TD9). */
final class TurnoverBook {

    private final Matrix matrix;
    private final TaxTurnoverStore store;
    private final KnownFacts facts;

    TurnoverBook(Matrix matrix, TaxTurnoverStore store, KnownFacts facts) {
        this.matrix = matrix;
        this.store = store;
        this.facts = facts;
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
        store.add(tx, seller, rows);
        tx.afterCommit(() -> facts.forgetTurnover(seller));
        Turnover turnover = facts.turnover(tx, store.since(tx, seller, YearMonth.of(day.getYear() - 1, 1)));
        for (String counts : amounts.keySet()) {
            for (TaxThreshold threshold : SupplyRules.INSTANCE.lookingAt(counts, day)) {
                cross(tx, calculation, threshold, turnover);
            }
        }
    }

    /** Takes a reversed net off what the sale has added; undoing a reversal adds it again. */
    void takeOff(Tx tx, TaxCalculation calculation, Money net) {
        Money part = Sale.signed(calculation.request().kind(), net.abs());
        Money off = net.signum() < 0 ? part : part.negated();
        java.util.TreeMap<String, Money> amounts = new java.util.TreeMap<>();
        calculation.turnover().keySet().forEach(counts -> amounts.put(counts, off));
        add(tx, calculation, amounts, 0);
    }

    private void cross(Tx tx, TaxCalculation calculation, TaxThreshold threshold, Turnover turnover) {
        LocalDate day = calculation.taxDate();
        Money none = Money.zero(threshold.amount().currency());
        Turnover.Sale nothingMore = new Turnover.Sale(none, day);
        Money sum = turnover.present(threshold, nothingMore);
        if (sum == null || !threshold.isReachedBy(sum)) {
            return;
        }
        String seller = calculation.request().sellerId();
        if (store.cross(tx, seller, threshold.id(), Integer.toString(day.getYear()))) {
            LocalDate start = LocalDate.of(day.getYear(), 1, 1);
            Period period = new Period(
                    start.atStartOfDay(ZoneOffset.UTC).toInstant(),
                    start.plusYears(1).atStartOfDay(ZoneOffset.UTC).toInstant(),
                    ZoneOffset.UTC);
            matrix.events()
                    .publish(
                            tx,
                            new TaxThresholdCrossed(
                                    matrix.ids().next("txt"), Owner.platform(), seller, threshold.id(), period, sum));
        }
    }
}
