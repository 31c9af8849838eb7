package dev.matrix.analytics;

import dev.matrix.analytics.chart.Theme;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Currency;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Range;
import dev.matrix.core.wire.Size;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests of the operations. */
final class AnalyticsRequests {

    private AnalyticsRequests() {}

    record Nothing() {}

    @Describe("Either from and to, or last: so many buckets of the report's timeRange, the current one included.")
    record WindowRequest(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable @Range(min = 1, max = 20_000) Integer last) {}

    record FilterRequest(
            @Length(min = 1, max = 64) String dimension,

            @Describe("false: all values but these.") @Default("true")
            boolean in,

            @Size(min = 1, max = 100) List<String> values) {}

    record CreateReport(
            @Describe("Whose customers; operators alone may name another, or nobody for all.") @Nullable
            Owner owner,

            @Nullable WindowRequest window,
            @Default("month") TimeRange timeRange,
            @Nullable ZoneId zone,
            @Nullable @Size(max = 30) List<Measure> measures,

            @Describe("sum unless named.") @Nullable @Size(max = 2)
            List<Metric> metrics,

            @Nullable @Size(max = 4) List<String> groupBy,
            @Nullable @Size(max = 20) List<FilterRequest> filters,
            @Nullable Currency currency,

            @Describe("The numbers as they stood at the end of that day.") @Nullable
            Instant asOf,

            @Default("20") @Range(min = 1, max = 100) int topGroups,

            @Describe("Keeps the series as a line chart.") @Default("false")
            boolean chart) {}

    record ChartPicture(
            String id,

            @Default("720") @Range(min = 100, max = 4_000) int width,
            @Default("400") @Range(min = 100, max = 4_000) int height,
            @Default("auto") Theme theme) {}

    record Span(Instant from, Instant to) {}
}
