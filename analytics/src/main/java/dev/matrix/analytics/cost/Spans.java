package dev.matrix.analytics.cost;

import dev.matrix.core.money.Money;
import java.time.Duration;
import java.util.List;

/** How sure a saving is by how long its evidence is, and whether it holds all along. */
final class Spans {

    private static final long DAYS_FOR_HIGH = 60;
    private static final long DAYS_FOR_MEDIUM = 30;
    private static final int THIRDS = 3;

    private Spans() {}

    /** @param savings of each period */
    static Confidence confidence(List<PeriodUsage> periods, List<Money> savings) {
        long days = Duration.between(
                        periods.get(0).window().from(),
                        periods.get(periods.size() - 1).window().to())
                .toDays();
        if (days >= DAYS_FOR_HIGH && holdsInEachThird(savings)) {
            return Confidence.HIGH;
        }
        return days >= DAYS_FOR_MEDIUM ? Confidence.MEDIUM : Confidence.LOW;
    }

    /** A machine that is judged by its samples is judged by all of them at once. */
    static Confidence confidence(List<ResourceSample> samples) {
        if (samples.isEmpty()) {
            return Confidence.LOW;
        }
        long days = Duration.between(
                        samples.get(0).from(), samples.get(samples.size() - 1).to())
                .toDays();
        return days >= DAYS_FOR_MEDIUM ? Confidence.MEDIUM : Confidence.LOW;
    }

    private static boolean holdsInEachThird(List<Money> savings) {
        int size = savings.size();
        for (int third = 0; third < THIRDS; third++) {
            List<Money> part = savings.subList(third * size / THIRDS, (third + 1) * size / THIRDS);
            if (part.stream()
                    .reduce(Money::plus)
                    .filter(sum -> sum.signum() > 0)
                    .isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
