package dev.matrix.analytics.cost;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The quantity of a subscription's main meter at which two plans cost the same, its other meters standing at their mean. */
final class BreakEven {

    private static final BigInteger REACH = BigInteger.valueOf(10);
    private static final int MEAN_DECIMALS = 6;

    private BreakEven() {}

    /** The first whole quantity at which the plan that is cheaper for little use is so no more; null if there is none in reach. */
    static @Nullable BigDecimal of(BilledSubscription subscription, Plan other) {
        Map<String, BigDecimal> mean = new TreeMap<>();
        subscription
                .periods()
                .forEach(period ->
                        period.quantities().forEach((meter, quantity) -> mean.merge(meter, quantity, BigDecimal::add)));
        BigDecimal months = BigDecimal.valueOf(subscription.periods().size());
        mean.replaceAll((meter, sum) -> sum.divide(months, MEAN_DECIMALS, RoundingMode.HALF_UP));
        String main = mean.entrySet().stream()
                .max(Comparator.comparing(Map.Entry<String, BigDecimal>::getValue))
                .map(Map.Entry::getKey)
                .orElse(null);
        if (main == null) {
            return null;
        }
        PeriodUsage usage = subscription.periods().get(0).with(mean);
        BigInteger low = BigInteger.ZERO;
        BigInteger high = subscription.periods().stream()
                .map(period -> period.of(main).toBigInteger())
                .max(Comparator.naturalOrder())
                .orElse(BigInteger.ZERO)
                .max(BigInteger.ONE)
                .multiply(REACH);
        int atZero = sign(subscription.plan(), other, usage, main, low);
        if (atZero == 0 || sign(subscription.plan(), other, usage, main, high) != -atZero) {
            return null;
        }
        while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = low.add(high).shiftRight(1);
            if (sign(subscription.plan(), other, usage, main, middle) != atZero) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return new BigDecimal(high);
    }

    private static int sign(Plan one, Plan other, PeriodUsage usage, String meter, BigInteger quantity) {
        Map<String, BigDecimal> quantities = new TreeMap<>(usage.quantities());
        quantities.put(meter, new BigDecimal(quantity));
        PeriodUsage at = usage.with(quantities);
        return exact(one, at).compareTo(exact(other, at));
    }

    /** Without the rounding of lines, which would make several quantities equal. */
    private static BigDecimal exact(Plan plan, PeriodUsage usage) {
        BigDecimal sum = plan.feeOf(usage.month()).amount();
        for (Charge charge : plan.charges()) {
            sum = sum.add(charge.amount(usage.of(charge.meter())));
        }
        return sum.max(plan.minimumSpend().amount());
    }
}
