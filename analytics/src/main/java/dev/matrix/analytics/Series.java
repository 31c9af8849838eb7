package dev.matrix.analytics;

import dev.matrix.core.money.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of a report: a measure of a group, bucket by bucket.
 *
 * @param name for people, such as {@code MRR EUR pro}
 * @param currency of its values, or of what a ratio was made of; null for counts
 * @param group dimension → value; empty without groups
 * @param points one per bucket, in time order
 */
public record Series(
        String name,
        Measure measure,
        Metric metric,
        @Nullable Currency currency,
        Map<String, String> group,
        List<Point> points) {

    /** Whether two series tell the same of the same. */
    boolean matches(Series other) {
        return measure == other.measure
                && metric == other.metric
                && Objects.equals(currency, other.currency)
                && group.equals(other.group);
    }

    Series with(List<Point> others) {
        return new Series(name, measure, metric, currency, group, others);
    }

    public Series {
        group = Map.copyOf(group);
        points = List.copyOf(points);
    }
}
