package dev.matrix.analytics;

import dev.matrix.core.Owner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How well a customer does among the others, 0 to 100, 50 in the middle: 50 + 50/3 × the weighted sum of its signals, each in robust
 * deviations from the median (1.4826 × the median absolute deviation) and clipped to ±3. Immutable.
 *
 * @param contributions what each signal adds to 50, or takes from it
 */
public record HealthScore(Owner customer, double score, Map<Signal, Double> contributions) {

    /** What a score is made of, with its weight. */
    public enum Signal {
        /** How its daily uses grow or shrink over 28 days. */
        USAGE_SLOPE(0.35),
        /** Days since its last use, at most 90. */
        IDLE_DAYS(-0.25),
        /** Payments of it that failed in 90 days. */
        FAILED_PAYMENTS(-0.20),
        /** Meters that it used in 90 days. */
        METERS_IN_USE(0.10),
        /** How its MRR changed in 90 days, as a share of the larger one. */
        MRR_CHANGE(0.10);

        private final double weight;

        Signal(double weight) {
            this.weight = weight;
        }
    }

    private static final double MIDDLE = 50;
    private static final double SCALE = MIDDLE / 3;
    private static final double ROBUST = 1.4826;
    private static final double MOST = 3;

    public HealthScore {
        contributions = Map.copyOf(contributions);
    }

    /** The scores of customers among each other, in their order. */
    static List<HealthScore> of(List<Owner> customers, List<Map<Signal, Double>> signals) {
        Map<Signal, double[]> deviations = new EnumMap<>(Signal.class);
        for (Signal signal : Signal.values()) {
            double[] values = signals.stream()
                    .mapToDouble(each -> each.getOrDefault(signal, 0.0))
                    .toArray();
            deviations.put(signal, deviations(values));
        }
        List<HealthScore> scores = new ArrayList<>(customers.size());
        for (int i = 0; i < customers.size(); i++) {
            Map<Signal, Double> contributions = new EnumMap<>(Signal.class);
            double score = MIDDLE;
            for (Map.Entry<Signal, double[]> each : deviations.entrySet()) {
                // Adding 0 turns −0 into 0.
                double contribution = SCALE * each.getKey().weight * each.getValue()[i] + 0.0;
                contributions.put(each.getKey(), contribution);
                score += contribution;
            }
            scores.add(new HealthScore(customers.get(i), Math.max(0, Math.min(2 * MIDDLE, score)), contributions));
        }
        return scores;
    }

    private static double[] deviations(double[] values) {
        double median = median(values);
        double spread = ROBUST
                * median(Arrays.stream(values)
                        .map(value -> Math.abs(value - median))
                        .toArray());
        return Arrays.stream(values)
                .map(value -> spread == 0 ? 0 : Math.max(-MOST, Math.min(MOST, (value - median) / spread)))
                .toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length == 0
                ? 0
                : sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
