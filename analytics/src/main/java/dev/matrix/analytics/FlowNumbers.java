package dev.matrix.analytics;

import dev.matrix.analytics.spi.FactCell;
import dev.matrix.analytics.spi.FactKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The measures that one bucket's facts make by themselves. */
final class FlowNumbers {

    private static final Map<Measure, Set<FactKind>> KINDS = new EnumMap<>(Map.ofEntries(
            Map.entry(Measure.BILLED, EnumSet.of(FactKind.INVOICE)),
            Map.entry(Measure.REVENUE, EnumSet.of(FactKind.PAYMENT)),
            Map.entry(Measure.TAX, EnumSet.of(FactKind.PAYMENT_TAX)),
            Map.entry(Measure.REFUNDS, EnumSet.of(FactKind.REFUND, FactKind.REFUND_REVERSED)),
            Map.entry(Measure.DISPUTES_LOST, EnumSet.of(FactKind.DISPUTE_LOST, FactKind.DISPUTE_REVERSED)),
            Map.entry(
                    Measure.NET_REVENUE,
                    EnumSet.of(
                            FactKind.PAYMENT,
                            FactKind.REFUND,
                            FactKind.REFUND_REVERSED,
                            FactKind.DISPUTE_LOST,
                            FactKind.DISPUTE_REVERSED)),
            Map.entry(Measure.PAYMENTS, EnumSet.of(FactKind.PAYMENT)),
            Map.entry(Measure.USAGE, EnumSet.of(FactKind.USAGE, FactKind.CORRECTION)),
            Map.entry(Measure.ACTIVE_CUSTOMERS, EnumSet.of(FactKind.USAGE)),
            Map.entry(Measure.ERROR_RATE, EnumSet.of(FactKind.USAGE)),
            Map.entry(Measure.REQUEST_TIME, EnumSet.of(FactKind.USAGE)),
            Map.entry(Measure.PAYMENT_SUCCESS, EnumSet.of(FactKind.PAYMENT, FactKind.PAYMENT_FAILED)),
            Map.entry(Measure.DAYS_TO_PAY, EnumSet.of(FactKind.INVOICE_PAID)),
            Map.entry(Measure.REFUND_RATE, EnumSet.of(FactKind.PAYMENT, FactKind.REFUND)),
            Map.entry(Measure.DISPUTE_RATE, EnumSet.of(FactKind.PAYMENT, FactKind.DISPUTE)),
            Map.entry(Measure.SLA_BREACHES, EnumSet.of(FactKind.BREACH, FactKind.BREACH_WITHDRAWN))));

    private FlowNumbers() {}

    /** Whether a measure is made of each bucket's facts alone. */
    static boolean has(Measure measure) {
        return KINDS.containsKey(measure);
    }

    /** The kinds of facts that a measure is made of. */
    static Set<FactKind> kinds(Measure measure) {
        return KINDS.getOrDefault(measure, Set.of());
    }

    /** In minor units for money; null where there is none, such as an average of nothing. */
    static @Nullable Fraction exact(Measure measure, Metric metric, Tally tally) {
        return switch (metric) {
            case COUNT -> Fraction.of(tally.count(counted(measure)));
            case AVERAGE -> {
                Fraction sum = sum(measure, tally);
                yield sum == null ? null : sum.over(Fraction.of(tally.count(counted(measure))));
            }
            case MIN, MAX -> extreme(measure, metric, tally);
            case SUM, GROWTH -> sum(measure, tally);
        };
    }

    private static FactKind counted(Measure measure) {
        return switch (measure) {
            case BILLED -> FactKind.INVOICE;
            case TAX -> FactKind.PAYMENT_TAX;
            case USAGE -> FactKind.USAGE;
            default -> FactKind.PAYMENT;
        };
    }

    private static @Nullable Fraction extreme(Measure measure, Metric metric, Tally tally) {
        FactCell cell = tally.cell(counted(measure));
        if (cell == null) {
            return null;
        }
        if (measure == Measure.USAGE) {
            BigDecimal quantity = metric == Metric.MIN ? cell.leastQuantity() : cell.mostQuantity();
            return quantity == null ? null : Fraction.of(quantity);
        }
        return whole(metric == Metric.MIN ? cell.leastAmount() : cell.mostAmount());
    }

    private static Fraction whole(BigInteger amount) {
        return Fraction.of(amount, BigInteger.ONE);
    }

    private static @Nullable Fraction sum(Measure measure, Tally tally) {
        return switch (measure) {
            case BILLED -> whole(tally.amount(FactKind.INVOICE));
            case REVENUE -> whole(tally.amount(FactKind.PAYMENT));
            case TAX -> whole(tally.amount(FactKind.PAYMENT_TAX));
            case REFUNDS -> refunds(tally);
            case DISPUTES_LOST -> disputesLost(tally);
            case NET_REVENUE ->
                whole(tally.amount(FactKind.PAYMENT)).minus(refunds(tally)).minus(disputesLost(tally));
            case PAYMENTS -> Fraction.of(tally.count(FactKind.PAYMENT));
            case USAGE ->
                Fraction.of(tally.quantity(FactKind.USAGE)).plus(Fraction.of(tally.quantity(FactKind.CORRECTION)));
            case ACTIVE_CUSTOMERS -> Fraction.of(tally.of(FactKind.USAGE, FactCell::customers));
            case ERROR_RATE -> {
                long failed = tally.of(FactKind.USAGE, FactCell::failed);
                yield ratio(failed, failed + tally.of(FactKind.USAGE, FactCell::succeeded));
            }
            case REQUEST_TIME ->
                ratio(tally.of(FactKind.USAGE, FactCell::millis), tally.of(FactKind.USAGE, FactCell::timed));
            case PAYMENT_SUCCESS -> {
                long paid = tally.count(FactKind.PAYMENT);
                yield ratio(paid, paid + tally.count(FactKind.PAYMENT_FAILED));
            }
            case DAYS_TO_PAY ->
                Fraction.of(tally.quantity(FactKind.INVOICE_PAID))
                        .over(Fraction.of(tally.count(FactKind.INVOICE_PAID)));
            case REFUND_RATE -> ratio(tally.count(FactKind.REFUND), tally.count(FactKind.PAYMENT));
            case DISPUTE_RATE -> ratio(tally.count(FactKind.DISPUTE), tally.count(FactKind.PAYMENT));
            case SLA_BREACHES -> Fraction.of(tally.count(FactKind.BREACH) - tally.count(FactKind.BREACH_WITHDRAWN));
            default -> throw new IllegalArgumentException(measure + " isn't made of one bucket's facts.");
        };
    }

    private static Fraction refunds(Tally tally) {
        return whole(tally.amount(FactKind.REFUND)).minus(whole(tally.amount(FactKind.REFUND_REVERSED)));
    }

    private static Fraction disputesLost(Tally tally) {
        return whole(tally.amount(FactKind.DISPUTE_LOST)).minus(whole(tally.amount(FactKind.DISPUTE_REVERSED)));
    }

    static @Nullable Fraction ratio(long part, long whole) {
        return Fraction.of(part).over(Fraction.of(whole));
    }
}
