package dev.matrix.analytics;

import dev.matrix.analytics.MrrPolicy.ChurnDivisor;
import dev.matrix.core.money.Currency;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The measures of a line, bucket by bucket, from exact values; each is rounded once, half to even. */
record RevenueNumbers(Line line, MrrPolicy policy) {

    private static final int RATIO_DECIMALS = 6;
    private static final long MONTHS = 12;

    private int scale() {
        return line.currency == null ? 0 : line.currency.scale();
    }

    /** The exact value; null for a ratio without a denominator. */
    @Nullable
    Fraction exact(Measure measure, int bucket) {
        Fraction opening = line.balance[bucket];
        Fraction closing = line.balance[bucket + 1];
        Fraction gained = line.movement(bucket, Movement.NEW);
        Fraction back = line.movement(bucket, Movement.REACTIVATION);
        Fraction more = line.movement(bucket, Movement.EXPANSION);
        Fraction less = line.movement(bucket, Movement.CONTRACTION).negated();
        Fraction lost = line.movement(bucket, Movement.CHURN).negated();
        return switch (measure) {
            case MRR -> closing;
            case ARR -> closing.times(Fraction.of(MONTHS));
            case CUSTOMERS -> Fraction.of(line.customers[bucket + 1]);
            case PAYING_CUSTOMERS -> Fraction.of(line.payers[bucket + 1]);
            case NEW_MRR -> gained;
            case REACTIVATION_MRR -> back;
            case EXPANSION_MRR -> more;
            case CONTRACTION_MRR -> less;
            case CHURN_MRR -> lost;
            case FX_MRR -> line.movement(bucket, Movement.FX);
            case TRANSFER_MRR -> line.movement(bucket, Movement.TRANSFER);
            case NET_NEW_MRR -> closing.minus(opening);
            case NEW_CUSTOMERS -> Fraction.of(line.in[bucket]);
            case CHURNED_CUSTOMERS -> Fraction.of(line.out[bucket]);
            case GRR -> opening.minus(less).minus(lost).over(opening);
            case NRR -> opening.plus(more).minus(less).minus(lost).over(opening);
            case GROSS_CHURN -> lost.plus(less).over(opening);
            case NET_CHURN -> lost.plus(less).minus(more).minus(back).over(opening);
            case QUICK_RATIO -> gained.plus(more).plus(back).over(less.plus(lost));
            case LOGO_CHURN -> logoChurn(bucket);
            case ARPA -> arpa(bucket);
            case LTV -> lifetimeValue(bucket);
            default -> throw new IllegalArgumentException(measure + " isn't made of MRR.");
        };
    }

    private @Nullable Fraction logoChurn(int bucket) {
        long base = line.customers[bucket] + (policy.churnDivisor() == ChurnDivisor.OPENING ? 0 : line.in[bucket]);
        return Fraction.of(line.out[bucket]).over(Fraction.of(base));
    }

    private @Nullable Fraction arpa(int bucket) {
        return line.balance[bucket + 1].over(Fraction.of(line.payers[bucket + 1]));
    }

    private @Nullable Fraction lifetimeValue(int bucket) {
        Fraction arpa = arpa(bucket);
        Fraction churn = logoChurn(bucket);
        return arpa == null || churn == null
                ? null
                : arpa.times(Fraction.of(policy.grossMargin())).over(churn);
    }

    @Nullable
    BigDecimal shown(Measure measure, int bucket) {
        Fraction exact = exact(measure, bucket);
        if (exact == null) {
            return null;
        }
        return switch (measure.unit()) {
            case MONEY -> exact.rounded(scale(), RoundingMode.HALF_EVEN);
            case COUNT -> exact.rounded(0, RoundingMode.HALF_EVEN);
            case FRACTION, NUMBER -> fraction(exact);
        };
    }

    @Nullable
    BigDecimal growth(Measure measure, int bucket) {
        Fraction former = bucket == 0 ? null : exact(measure, bucket - 1);
        Fraction current = exact(measure, bucket);
        if (former == null || current == null) {
            return null;
        }
        Fraction growth = current.minus(former).over(former.abs());
        return growth == null ? null : fraction(growth);
    }

    static BigDecimal fraction(Fraction exact) {
        BigDecimal rounded =
                exact.rounded(RATIO_DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    /** The balance at an edge as shown. */
    BigDecimal balance(int edge) {
        return line.balance[edge].rounded(scale(), RoundingMode.HALF_EVEN);
    }

    /**
     * The movements of a bucket as shown, losses as positive numbers: rounded so that they add up to the difference of the shown
     * balances, by the largest remainder, ties in the order of {@link Movement}.
     */
    Map<Movement, BigDecimal> movements(int bucket) {
        List<Movement> present = new ArrayList<>();
        List<Fraction> minor = new ArrayList<>();
        Fraction unit = Fraction.of(BigInteger.TEN.pow(scale()), BigInteger.ONE);
        Map<Movement, BigDecimal> shown = new EnumMap<>(Movement.class);
        for (Movement movement : Movement.values()) {
            Fraction change = line.movement(bucket, movement);
            shown.put(movement, BigDecimal.valueOf(0, scale()));
            if (change.signum() != 0) {
                present.add(movement);
                minor.add(change.times(unit));
            }
        }
        BigInteger difference = balance(bucket + 1).subtract(balance(bucket)).unscaledValue();
        List<BigInteger> rounded = LargestRemainder.round(minor, difference);
        for (int i = 0; i < present.size(); i++) {
            Movement movement = present.get(i);
            boolean loss = movement == Movement.CONTRACTION || movement == Movement.CHURN;
            BigInteger units = loss ? rounded.get(i).negate() : rounded.get(i);
            shown.put(movement, new BigDecimal(units, scale()));
        }
        return shown;
    }

    /** A bucket of a line of money. */
    RollForward rollForward(Point point, int bucket) {
        Currency currency = line.currency;
        if (currency == null) {
            throw new IllegalStateException("A line of heads alone has no money.");
        }
        return new RollForward(
                line.group,
                currency,
                point,
                balance(bucket),
                movements(bucket),
                balance(bucket + 1),
                line.customers[bucket],
                line.in[bucket],
                line.out[bucket],
                line.moved[bucket],
                line.customers[bucket + 1]);
    }
}
