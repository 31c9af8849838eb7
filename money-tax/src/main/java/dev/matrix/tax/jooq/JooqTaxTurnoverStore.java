package dev.matrix.tax.jooq;

import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_CROSSING;
import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_TURNOVER;
import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_TURNOVER_LOCK;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.noCondition;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.PostgresBatch;
import dev.matrix.tax.spi.TaxTurnoverStore;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** {@link TaxTurnoverStore} in tables {@code matrix_tax_turnover} and {@code matrix_tax_crossing}. */
final class JooqTaxTurnoverStore implements TaxTurnoverStore {

    /** In the order of their keys, so that two who add never wait for each other. */
    private static final String ADD = """
            insert into matrix_tax_turnover as former (seller, counts, period, currency, amount, sales)
            select seller, counts, period, currency, amount::numeric, sales
            from unnest(?, ?, ?, ?, ?, ?) as n (seller, counts, period, currency, amount, sales)
            order by counts collate "C", period collate "C", currency collate "C"
            on conflict (seller, counts, period, currency) do update
              set amount = former.amount + excluded.amount, sales = former.sales + excluded.sales
            returning counts
            """;

    @Override
    public void lock(Tx tx, String sellerId, Set<String> counts) {
        if (counts.isEmpty()) {
            return;
        }
        if (locked(tx, sellerId, counts) < counts.size()) {
            for (String each : new TreeSet<>(counts)) {
                JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_TAX_TURNOVER_LOCK)
                                .set(MATRIX_TAX_TURNOVER_LOCK.SELLER, sellerId)
                                .set(MATRIX_TAX_TURNOVER_LOCK.COUNTS, each));
            }
            locked(tx, sellerId, counts);
        }
    }

    private static int locked(Tx tx, String sellerId, Set<String> counts) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_TAX_TURNOVER_LOCK.COUNTS)
                .from(MATRIX_TAX_TURNOVER_LOCK)
                .where(MATRIX_TAX_TURNOVER_LOCK.SELLER.eq(sellerId))
                .and(MATRIX_TAX_TURNOVER_LOCK.COUNTS.in(counts))
                .orderBy(MATRIX_TAX_TURNOVER_LOCK.COUNTS)
                .forUpdate()
                .fetch()
                .size();
    }

    @Override
    public void add(Tx tx, String sellerId, List<TurnoverRow> additions) {
        JooqTx own = JooqTx.of(tx);
        switch (own.database()) {
            case POSTGRESQL -> addAtOnce(own, sellerId, additions);
            case H2 ->
                additions.stream()
                        .sorted(Comparator.comparing(TurnoverRow::counts)
                                .thenComparing(TurnoverRow::month)
                                .thenComparing(TurnoverRow::currency))
                        .forEach(more -> add(own, sellerId, more));
        }
    }

    private static void addAtOnce(JooqTx tx, String sellerId, List<TurnoverRow> additions) {
        PostgresBatch.Parameters parameters = batch -> batch.texts(additions, row -> sellerId)
                .texts(additions, TurnoverRow::counts)
                .texts(additions, row -> row.month().toString())
                .texts(additions, TurnoverRow::currency)
                .decimals(additions, TurnoverRow::amount)
                .longs(additions, TurnoverRow::sales);
        PostgresBatch.fetch(tx, ADD, parameters, row -> row.getString(1));
    }

    private static void add(JooqTx tx, String sellerId, TurnoverRow more) {
        if (raise(tx, sellerId, more) == 0) {
            int added = tx.insertIfAbsent(insertInto(MATRIX_TAX_TURNOVER)
                    .set(MATRIX_TAX_TURNOVER.SELLER, sellerId)
                    .set(MATRIX_TAX_TURNOVER.COUNTS, more.counts())
                    .set(MATRIX_TAX_TURNOVER.PERIOD, more.month().toString())
                    .set(MATRIX_TAX_TURNOVER.CURRENCY, more.currency())
                    .set(MATRIX_TAX_TURNOVER.AMOUNT, more.amount())
                    .set(MATRIX_TAX_TURNOVER.SALES, more.sales()));
            if (added == 0) {
                raise(tx, sellerId, more);
            }
        }
    }

    private static int raise(JooqTx tx, String sellerId, TurnoverRow more) {
        return tx.dsl()
                .update(MATRIX_TAX_TURNOVER)
                .set(MATRIX_TAX_TURNOVER.AMOUNT, MATRIX_TAX_TURNOVER.AMOUNT.plus(more.amount()))
                .set(MATRIX_TAX_TURNOVER.SALES, MATRIX_TAX_TURNOVER.SALES.plus(more.sales()))
                .where(isOf(sellerId, more))
                .execute();
    }

    private static Condition isOf(String sellerId, TurnoverRow row) {
        return MATRIX_TAX_TURNOVER
                .SELLER
                .eq(sellerId)
                .and(MATRIX_TAX_TURNOVER.COUNTS.eq(row.counts()))
                .and(MATRIX_TAX_TURNOVER.PERIOD.eq(row.month().toString()))
                .and(MATRIX_TAX_TURNOVER.CURRENCY.eq(row.currency()));
    }

    @Override
    public List<TurnoverRow> since(Tx tx, String sellerId, @Nullable Set<String> counts, YearMonth first) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_TAX_TURNOVER)
                .where(MATRIX_TAX_TURNOVER.SELLER.eq(sellerId))
                .and(counts == null ? noCondition() : MATRIX_TAX_TURNOVER.COUNTS.in(counts))
                .and(MATRIX_TAX_TURNOVER.PERIOD.ge(first.toString()))
                .orderBy(MATRIX_TAX_TURNOVER.COUNTS, MATRIX_TAX_TURNOVER.PERIOD, MATRIX_TAX_TURNOVER.CURRENCY)
                .fetch(row -> new TurnoverRow(
                        row.get(MATRIX_TAX_TURNOVER.COUNTS),
                        YearMonth.parse(row.get(MATRIX_TAX_TURNOVER.PERIOD)),
                        row.get(MATRIX_TAX_TURNOVER.CURRENCY),
                        row.get(MATRIX_TAX_TURNOVER.AMOUNT).stripTrailingZeros(),
                        row.get(MATRIX_TAX_TURNOVER.SALES)));
    }

    @Override
    public boolean cross(Tx tx, String sellerId, String threshold, String period) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_TAX_CROSSING)
                                .set(MATRIX_TAX_CROSSING.SELLER, sellerId)
                                .set(MATRIX_TAX_CROSSING.THRESHOLD, threshold)
                                .set(MATRIX_TAX_CROSSING.PERIOD, period))
                == 1;
    }

    @Override
    public List<CrossingRow> crossings(Tx tx, String sellerId) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_TAX_CROSSING)
                .where(MATRIX_TAX_CROSSING.SELLER.eq(sellerId))
                .orderBy(MATRIX_TAX_CROSSING.THRESHOLD, MATRIX_TAX_CROSSING.PERIOD)
                .fetch(row ->
                        new CrossingRow(row.get(MATRIX_TAX_CROSSING.THRESHOLD), row.get(MATRIX_TAX_CROSSING.PERIOD)));
    }
}
