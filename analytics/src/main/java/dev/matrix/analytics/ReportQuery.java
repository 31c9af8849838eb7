package dev.matrix.analytics;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Currency;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a report is to tell. Immutable; made by {@link #builder()}.
 *
 * @param window null (default): the last 12 buckets, the current one included
 * @param zone null (default): the reporting zone
 * @param measures empty (default): the report's usual ones
 * @param currency that all money is converted to; null (default): one series per currency
 * @param comparison adds to each point the value of an earlier bucket; NONE by default
 * @param projected whether the open bucket of a flow is projected from its days or months; false by default
 * @param asOf shows the numbers as they stood at the end of that day of the reporting zone; null (default): as they are
 * @param topGroups how many groups have series of their own, 1 to 100, by their last value; the others are {@code (other)}
 */
public record ReportQuery(
        Scope scope,
        @Nullable Window window,
        TimeRange timeRange,
        @Nullable ZoneId zone,
        Set<Measure> measures,
        Set<Metric> metrics,
        List<Dimension> groupBy,
        List<Filter> filters,
        @Nullable Currency currency,
        Comparison comparison,
        boolean projected,
        @Nullable Instant asOf,
        int topGroups) {

    private static final int MOST_GROUPS = 100;
    private static final int MOST_FILTERS = 20;

    public ReportQuery {
        requireNonNull(scope, "scope");
        requireNonNull(timeRange, "timeRange");
        requireNonNull(comparison, "comparison");
        measures = Collections.unmodifiableSet(new LinkedHashSet<>(measures));
        metrics = Collections.unmodifiableSet(new LinkedHashSet<>(metrics));
        groupBy = List.copyOf(groupBy);
        filters = List.copyOf(filters);
        if (metrics.isEmpty()) {
            throw new InvalidRequestException("A report shows at least one metric, such as SUM.");
        }
        if (topGroups < 1 || topGroups > MOST_GROUPS) {
            throw new InvalidRequestException("topGroups is 1 to " + MOST_GROUPS + "; " + topGroups
                    + " isn't. The other groups are shown as one.");
        }
        if (Set.copyOf(groupBy).size() < groupBy.size() || filters.size() > MOST_FILTERS) {
            throw new InvalidRequestException(
                    "A report groups by each dimension once and has at most " + MOST_FILTERS + " filters.");
        }
    }

    /** This query over another window, in other buckets, without comparison and projection. */
    ReportQuery plain(Window other, TimeRange range) {
        return new ReportQuery(
                scope,
                other,
                range,
                zone,
                measures,
                metrics,
                groupBy,
                filters,
                currency,
                Comparison.NONE,
                false,
                asOf,
                topGroups);
    }

    /** All customers, the last 12 months by month, SUM, 20 groups. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the parts of a query. Not thread-safe. */
    public static final class Builder {

        private Scope scope = Scope.platform();
        private @Nullable Window window;
        private TimeRange timeRange = TimeRange.MONTH;
        private @Nullable ZoneId zone;
        private Set<Measure> measures = Set.of();
        private Set<Metric> metrics = EnumSet.of(Metric.SUM);
        private List<Dimension> groupBy = List.of();
        private List<Filter> filters = List.of();
        private @Nullable Currency currency;
        private Comparison comparison = Comparison.NONE;
        private boolean projected;
        private @Nullable Instant asOf;
        private int topGroups = 20;

        private Builder() {}

        public Builder scope(Scope scope) {
            this.scope = scope;
            return this;
        }

        public Builder window(@Nullable Window window) {
            this.window = window;
            return this;
        }

        public Builder timeRange(TimeRange timeRange) {
            this.timeRange = timeRange;
            return this;
        }

        public Builder zone(@Nullable ZoneId zone) {
            this.zone = zone;
            return this;
        }

        public Builder measures(Measure... measures) {
            this.measures = new LinkedHashSet<>(List.of(measures));
            return this;
        }

        public Builder metrics(Metric... metrics) {
            this.metrics = new LinkedHashSet<>(List.of(metrics));
            return this;
        }

        public Builder groupBy(Dimension... dimensions) {
            this.groupBy = List.of(dimensions);
            return this;
        }

        public Builder filters(Filter... filters) {
            this.filters = List.of(filters);
            return this;
        }

        public Builder currency(@Nullable Currency currency) {
            this.currency = currency;
            return this;
        }

        public Builder comparison(Comparison comparison) {
            this.comparison = comparison;
            return this;
        }

        public Builder projected(boolean projected) {
            this.projected = projected;
            return this;
        }

        public Builder asOf(@Nullable Instant asOf) {
            this.asOf = asOf;
            return this;
        }

        public Builder topGroups(int topGroups) {
            this.topGroups = topGroups;
            return this;
        }

        public ReportQuery build() {
            return new ReportQuery(
                    scope,
                    window,
                    timeRange,
                    zone,
                    measures,
                    metrics,
                    groupBy,
                    filters,
                    currency,
                    comparison,
                    projected,
                    asOf,
                    topGroups);
        }
    }
}
