package dev.matrix.analytics;

import dev.matrix.core.wire.ApiName;
import dev.matrix.core.wire.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replies of the operations. */
final class AnalyticsViews {

    private AnalyticsViews() {}

    record PointView(
            Instant from,
            Instant to,
            String label,
            @Nullable BigDecimal value,
            BucketState state) {

        static PointView of(Point point) {
            return new PointView(point.from(), point.to(), point.label(), point.value(), point.state());
        }
    }

    record SeriesView(
            String name,
            Measure measure,
            Metric metric,
            @Nullable String currency,
            Map<String, String> group,
            @Size(max = 20_000) List<PointView> points) {

        static SeriesView of(Series series) {
            return new SeriesView(
                    series.name(),
                    series.measure(),
                    series.metric(),
                    series.currency() == null ? null : series.currency().code(),
                    series.group(),
                    series.points().stream().map(PointView::of).toList());
        }
    }

    record MovementsView(
            @ApiName("new") BigDecimal gained,
            BigDecimal reactivation,
            BigDecimal expansion,
            BigDecimal contraction,
            BigDecimal churn,
            BigDecimal fx,
            BigDecimal transfer) {

        static MovementsView of(Map<Movement, BigDecimal> movements) {
            return new MovementsView(
                    amount(movements, Movement.NEW),
                    amount(movements, Movement.REACTIVATION),
                    amount(movements, Movement.EXPANSION),
                    amount(movements, Movement.CONTRACTION),
                    amount(movements, Movement.CHURN),
                    amount(movements, Movement.FX),
                    amount(movements, Movement.TRANSFER));
        }

        private static BigDecimal amount(Map<Movement, BigDecimal> movements, Movement movement) {
            return movements.getOrDefault(movement, BigDecimal.ZERO);
        }
    }

    record CustomersView(long opening, long in, long out, long moved, long closing) {}

    record RollForwardView(
            String currency,
            Map<String, String> group,
            PointView bucket,
            BigDecimal opening,
            MovementsView movements,
            BigDecimal closing,
            CustomersView customers) {

        static RollForwardView of(RollForward row) {
            return new RollForwardView(
                    row.currency().code(),
                    row.group(),
                    PointView.of(row.bucket()),
                    row.opening(),
                    MovementsView.of(row.movements()),
                    row.closing(),
                    new CustomersView(
                            row.customersOpening(),
                            row.customersIn(),
                            row.customersOut(),
                            row.customersMoved(),
                            row.customersClosing()));
        }
    }

    record WarningView(String code, String message) {}

    record ChartView(String id, String href, Instant expiresAt) {

        static ChartView of(SavedChart chart) {
            return new ChartView(chart.id(), "/v1/analytics/charts/" + chart.id() + ".svg", chart.expiresAt());
        }
    }

    record ReportView(
            String id,
            Instant from,
            Instant to,
            TimeRange timeRange,
            ZoneId zone,
            @Nullable String currency,
            Instant now,
            @Nullable Instant asOf,
            String answeredBy,
            @Size(max = 20_000) List<SeriesView> series,
            @Size(max = 20_000) List<RollForwardView> rollForwards,
            List<WarningView> warnings,
            @Nullable ChartView chart) {

        static ReportView of(RevenueReport report, @Nullable SavedChart chart) {
            Header header = report.header();
            return new ReportView(
                    header.id(),
                    header.window().from(),
                    header.window().to(),
                    header.timeRange(),
                    header.zone(),
                    header.currency() == null ? null : header.currency().code(),
                    header.now(),
                    header.asOf(),
                    header.answeredBy(),
                    report.series().stream().map(SeriesView::of).toList(),
                    report.rollForwards().stream().map(RollForwardView::of).toList(),
                    report.warnings().stream()
                            .map(warning -> new WarningView(warning.code(), warning.message()))
                            .toList(),
                    chart == null ? null : ChartView.of(chart));
        }
    }

    record MeasureView(Measure measure, Measure.Kind kind, Measure.Unit unit) {

        static MeasureView of(Measure measure) {
            return new MeasureView(measure, measure.kind(), measure.unit());
        }
    }

    record CatalogueView(List<MeasureView> measures, List<Metric> metrics, List<String> dimensions) {}

    record FreshnessView(
            Instant now, long waiting, @Nullable Instant oldest, long failed, Map<String, Long> rejected) {

        static FreshnessView of(Freshness freshness) {
            return new FreshnessView(
                    freshness.now(), freshness.waiting(), freshness.oldest(), freshness.failed(), freshness.rejected());
        }
    }

    record RebuildView(long customers, long cells) {}

    record DiscrepancyView(String cell, String stored, String expected) {}

    @ApiName("AnalyticsVerification")
    record VerificationView(
            boolean equal, @Size(max = 1_000) List<DiscrepancyView> discrepancies) {

        static VerificationView of(List<Discrepancy> found) {
            return new VerificationView(
                    found.isEmpty(),
                    found.stream()
                            .map(each -> new DiscrepancyView(each.cell(), each.stored(), each.expected()))
                            .toList());
        }
    }
}
