package dev.matrix.analytics;

import dev.matrix.core.money.Currency;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How MRR and customers of one currency and group went through the buckets of a report, exactly. Edge e is the start of bucket e;
 * so neighbours share one balance. Filled by one thread, then read.
 */
final class Line {

    /** Null where heads alone are counted, of all currencies. */
    final @Nullable Currency currency;

    final Map<String, String> group;
    final Fraction[] balance;
    final List<Map<Movement, Fraction>> movements = new ArrayList<>();
    final long[] customers;
    final long[] payers;
    final long[] in;
    final long[] out;
    final long[] moved;

    Line(@Nullable Currency currency, Map<String, String> group, int buckets) {
        this.currency = currency;
        this.group = group;
        this.balance = new Fraction[buckets + 1];
        Arrays.fill(balance, Fraction.ZERO);
        for (int i = 0; i < buckets; i++) {
            movements.add(new EnumMap<>(Movement.class));
        }
        this.customers = new long[buckets + 1];
        this.payers = new long[buckets + 1];
        this.in = new long[buckets];
        this.out = new long[buckets];
        this.moved = new long[buckets];
    }

    int buckets() {
        return in.length;
    }

    /** A movement's change, losses below zero. */
    Fraction movement(int bucket, Movement movement) {
        return movements.get(bucket).getOrDefault(movement, Fraction.ZERO);
    }

    /** Counts an entry; {@link #close} ends it. */
    void add(ReportReader.Entry entry, int scale) {
        int edge = entry.bucket() + 1;
        Amounts amounts = entry.amounts();
        Fraction change = Mrr.units(amounts.parts(), scale);
        balance[edge] = balance[edge].plus(change);
        customers[edge] += amounts.customers();
        payers[edge] += amounts.payers();
        if (entry.bucket() >= 0) {
            if (change.signum() != 0) {
                movements.get(entry.bucket()).merge(entry.movement(), change, Fraction::plus);
            }
            long[] heads = switch (entry.movement()) {
                case NEW, REACTIVATION -> in;
                case CHURN -> out;
                default -> moved;
            };
            heads[entry.bucket()] += entry.movement() == Movement.CHURN ? -amounts.customers() : amounts.customers();
        }
    }

    /** Turns the changes at each edge into balances. */
    void close() {
        for (int edge = 1; edge < balance.length; edge++) {
            balance[edge] = balance[edge].plus(balance[edge - 1]);
            customers[edge] += customers[edge - 1];
            payers[edge] += payers[edge - 1];
        }
    }

    /** Adds another line's heads. */
    void addHeads(Line more) {
        for (int edge = 0; edge < customers.length; edge++) {
            customers[edge] += more.customers[edge];
            payers[edge] += more.payers[edge];
        }
        for (int bucket = 0; bucket < in.length; bucket++) {
            in[bucket] += more.in[bucket];
            out[bucket] += more.out[bucket];
            moved[bucket] += more.moved[bucket];
        }
    }

    /**
     * Adds another line's money, converted: balances at the rate of their instant, movements at the rate of their bucket's end, and
     * what the change of rate does to the opening balance as FX.
     */
    void addConverted(Line more, IntFunction<Fraction> rateAtEdge) {
        balance[0] = balance[0].plus(converted(more.balance[0], 0, rateAtEdge));
        for (int bucket = 0; bucket < buckets(); bucket++) {
            int end = bucket + 1;
            balance[end] = balance[end].plus(converted(more.balance[end], end, rateAtEdge));
            Map<Movement, Fraction> own = movements.get(bucket);
            more.movements
                    .get(bucket)
                    .forEach((movement, change) ->
                            own.merge(movement, converted(change, end, rateAtEdge), Fraction::plus));
            Fraction opening = more.balance[bucket];
            Fraction fx = converted(opening, end, rateAtEdge).minus(converted(opening, bucket, rateAtEdge));
            if (fx.signum() != 0) {
                own.merge(Movement.FX, fx, Fraction::plus);
            }
        }
    }

    /** Nothing needs no rate, so none may be missing for it. */
    private static Fraction converted(Fraction amount, int edge, IntFunction<Fraction> rateAtEdge) {
        return amount.signum() == 0 ? amount : amount.times(rateAtEdge.apply(edge));
    }

    /** Whether anything ever was. */
    boolean isEmpty() {
        return movements.stream().allMatch(Map::isEmpty)
                && Arrays.stream(balance).allMatch(each -> each.signum() == 0)
                && Arrays.stream(customers).allMatch(each -> each == 0);
    }
}
