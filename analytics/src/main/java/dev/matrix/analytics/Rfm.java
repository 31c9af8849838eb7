package dev.matrix.analytics;

import dev.matrix.core.InvalidRequestException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Scores of 1 to 5 for how recently, how often and for how much a customer pays. Immutable; the scoring is pure, usable without a
 * Matrix.
 *
 * @param recency 5: the latest
 * @param frequency 5: the most often
 * @param monetary 5: the most
 */
public record Rfm(int recency, int frequency, int monetary) {

    private static final int SCORES = 5;
    private static final int MIDDLE = 3;

    public Rfm {
        for (int score : new int[] {recency, frequency, monetary}) {
            if (score < 1 || score > SCORES) {
                throw new InvalidRequestException("A score is 1 to " + SCORES + "; " + score + " isn't.");
            }
        }
    }

    /**
     * Scores values by their rank: min(5, 1 + ⌊5p⌋), where p is the share of the others that are below, equal ones counted half. A
     * single value scores 3.
     *
     * @return one per value, in their order
     */
    public static List<Integer> scores(List<BigDecimal> values) {
        List<BigDecimal> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        List<Integer> scores = new ArrayList<>(values.size());
        for (BigDecimal value : values) {
            scores.add(values.size() == 1 ? MIDDLE : score(sorted, value));
        }
        return scores;
    }

    private static int score(List<BigDecimal> sorted, BigDecimal value) {
        long below = edge(sorted, value, false);
        long equal = edge(sorted, value, true) - below;
        // 5p as a whole fraction: doubles would put p = 0.6 below 3/5.
        long twice = 2 * below + equal - 1;
        return (int) Math.min(SCORES, 1 + SCORES * twice / (2L * (sorted.size() - 1)));
    }

    /** How many values are below, or at most, a value. */
    private static int edge(List<BigDecimal> sorted, BigDecimal value, boolean included) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = sorted.get(middle).compareTo(value);
            if (order < 0 || (included && order == 0)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
