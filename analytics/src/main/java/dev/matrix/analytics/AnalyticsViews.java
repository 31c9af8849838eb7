package dev.matrix.analytics;

import dev.matrix.analytics.AnalyticsRequests.ReportType;
import dev.matrix.analytics.CustomerViews.CustomerDetails;
import dev.matrix.analytics.chart.ChartType;
import dev.matrix.analytics.forecast.Backtest;
import dev.matrix.core.Owner;
import dev.matrix.core.wire.ApiName;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Replies of the operations. */
final class AnalyticsViews {

    private AnalyticsViews() {}

    @Describe("The interval is of 80 %.")
    record ProjectionView(BigDecimal value, BigDecimal lower, BigDecimal upper) {}

    record PointView(
            Instant from,
            Instant to,
            String label,
            @Nullable BigDecimal value,
            BucketState state,
            @Nullable BigDecimal compared,
            @Nullable ProjectionView projected) {

        static PointView of(Point point) {
            Point.Projection projected = point.projected();
            return new PointView(
                    point.from(),
                    point.to(),
                    point.label(),
                    point.value(),
                    point.state(),
                    point.compared(),
                    projected == null
                            ? null
                            : new ProjectionView(projected.value(), projected.lower(), projected.upper()));
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

    record ChartView(String id, ChartType type, String href, Instant expiresAt) {

        static ChartView of(SavedChart chart) {
            return new ChartView(
                    chart.id(), chart.spec().type(), "/v1/analytics/charts/" + chart.id() + ".svg", chart.expiresAt());
        }
    }

    record ReportView(
            String id,
            ReportType type,
            Instant from,
            Instant to,
            TimeRange timeRange,
            ZoneId zone,
            @Nullable String currency,
            Instant now,
            @Nullable Instant asOf,
            String answeredBy,
            @Size(max = 20_000) List<SeriesView> series,

            @Describe("Of revenue.") @Nullable @Size(max = 20_000)
            List<RollForwardView> rollForwards,

            @Describe("Of usage.") @Nullable @Size(max = 20_000)
            List<TopCustomerView> topCustomers,

            @Describe("Of customers.") @Nullable CustomerDetails customers,
            List<WarningView> warnings,
            List<ChartView> charts) {

        static ReportView of(Report report, List<SavedChart> charts) {
            Header header = report.header();
            return new ReportView(
                    header.id(),
                    type(report),
                    header.window().from(),
                    header.window().to(),
                    header.timeRange(),
                    header.zone(),
                    header.currency() == null ? null : header.currency().code(),
                    header.now(),
                    header.asOf(),
                    header.answeredBy(),
                    report.series().stream().map(SeriesView::of).toList(),
                    report instanceof RevenueReport revenue
                            ? revenue.rollForwards().stream()
                                    .map(RollForwardView::of)
                                    .toList()
                            : null,
                    report instanceof UsageReport usage
                            ? usage.topCustomers().stream()
                                    .map(TopCustomerView::of)
                                    .toList()
                            : null,
                    report instanceof CustomerReport customers ? CustomerDetails.of(customers) : null,
                    AnalyticsViews.warnings(report),
                    charts.stream().map(ChartView::of).toList());
        }

        private static ReportType type(Report report) {
            if (report instanceof UsageReport) {
                return ReportType.USAGE;
            }
            if (report instanceof CustomerReport) {
                return ReportType.CUSTOMERS;
            }
            return report instanceof PerformanceReport ? ReportType.PERFORMANCE : ReportType.REVENUE;
        }
    }

    static List<WarningView> warnings(Report report) {
        return report.warnings().stream()
                .map(warning -> new WarningView(warning.code(), warning.message()))
                .toList();
    }

    record TopCustomerView(String meter, Owner customer, BigDecimal quantity, long uses) {

        static TopCustomerView of(UsageReport.TopCustomer top) {
            return new TopCustomerView(top.meter(), top.customer(), top.quantity(), top.uses());
        }
    }

    record IntervalView(double level, BigDecimal lower, BigDecimal upper) {}

    record ExpectedView(String label, BigDecimal value, List<IntervalView> intervals) {

        static ExpectedView of(ForecastReport.Expected expected) {
            return new ExpectedView(
                    expected.label(),
                    expected.value(),
                    new TreeMap<>(expected.intervals())
                            .entrySet().stream()
                                    .map(each -> new IntervalView(
                                            each.getKey(),
                                            each.getValue().lower(),
                                            each.getValue().upper()))
                                    .toList());
        }
    }

    @Describe("How the model would have done on the end of the history; owa is against Naive2.")
    record BacktestView(
            int horizon,
            double smape,
            @Nullable Double mase,
            @Nullable Double owa,
            @Nullable Double msis,
            double coverage) {

        static BacktestView of(Backtest backtest) {
            return new BacktestView(
                    backtest.horizon(),
                    backtest.smape(),
                    finite(backtest.mase()),
                    finite(backtest.owa()),
                    finite(backtest.msis()),
                    backtest.coverage());
        }

        private static @Nullable Double finite(double value) {
            return Double.isFinite(value) ? value : null;
        }
    }

    record ForecastView(
            @Describe("The history; null where values were given.") @Nullable
            SeriesView history,

            @Size(max = 1_000) List<ExpectedView> expected,
            String model,
            Map<String, Double> parameters,
            @Nullable BacktestView backtest,
            List<WarningView> warnings,
            @Nullable ChartView chart) {}

    record ActivityView(
            Owner customer,
            String bucket,
            Movement movement,
            BigDecimal amount,
            String currency,
            Instant at,
            @Nullable String eventId) {

        static ActivityView of(MrrActivity activity) {
            return new ActivityView(
                    activity.customer(),
                    activity.bucket(),
                    activity.movement(),
                    activity.amount(),
                    activity.currency().code(),
                    activity.at(),
                    activity.eventId());
        }
    }

    record MeasureView(Measure measure, Measure.Kind kind, Measure.Unit unit, List<Metric> metrics) {

        static MeasureView of(Measure measure) {
            return new MeasureView(measure, measure.kind(), measure.unit(), List.copyOf(measure.metrics()));
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
