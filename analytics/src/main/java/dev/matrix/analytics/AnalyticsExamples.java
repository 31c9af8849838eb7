package dev.matrix.analytics;

import dev.matrix.analytics.AnalyticsRequests.ChartPicture;
import dev.matrix.analytics.AnalyticsRequests.CreateForecast;
import dev.matrix.analytics.AnalyticsRequests.CreateReport;
import dev.matrix.analytics.AnalyticsRequests.HistoryRequest;
import dev.matrix.analytics.AnalyticsRequests.ListActivities;
import dev.matrix.analytics.AnalyticsRequests.Model;
import dev.matrix.analytics.AnalyticsRequests.ReportType;
import dev.matrix.analytics.AnalyticsRequests.Span;
import dev.matrix.analytics.AnalyticsRequests.WindowRequest;
import dev.matrix.analytics.AnalyticsViews.ActivityView;
import dev.matrix.analytics.AnalyticsViews.CatalogueView;
import dev.matrix.analytics.AnalyticsViews.ChartView;
import dev.matrix.analytics.AnalyticsViews.CustomersView;
import dev.matrix.analytics.AnalyticsViews.ExpectedView;
import dev.matrix.analytics.AnalyticsViews.ForecastView;
import dev.matrix.analytics.AnalyticsViews.FreshnessView;
import dev.matrix.analytics.AnalyticsViews.IntervalView;
import dev.matrix.analytics.AnalyticsViews.MeasureView;
import dev.matrix.analytics.AnalyticsViews.MovementsView;
import dev.matrix.analytics.AnalyticsViews.PointView;
import dev.matrix.analytics.AnalyticsViews.RebuildView;
import dev.matrix.analytics.AnalyticsViews.ReportView;
import dev.matrix.analytics.AnalyticsViews.RollForwardView;
import dev.matrix.analytics.AnalyticsViews.SeriesView;
import dev.matrix.analytics.AnalyticsViews.VerificationView;
import dev.matrix.analytics.chart.ChartType;
import dev.matrix.analytics.chart.Theme;
import dev.matrix.core.Owner;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** One example for each operation. */
final class AnalyticsExamples {

    private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-12-05T09:30:00Z");
    private static final BigDecimal NOTHING = new BigDecimal("0.00");

    static final CreateReport CREATE = new CreateReport(
            ReportType.REVENUE,
            null,
            new WindowRequest(OCTOBER, DECEMBER, null),
            TimeRange.MONTH,
            ZoneOffset.UTC,
            List.of(Measure.MRR),
            List.of(Metric.SUM),
            List.of(),
            List.of(),
            null,
            Comparison.NONE,
            false,
            null,
            20,
            List.of(ChartType.LINE));

    private static final ChartView CHART = new ChartView(
            "cht_1", ChartType.LINE, "/v1/analytics/charts/cht_1.svg", Instant.parse("2027-01-04T09:30:00Z"));

    private static final PointView FIRST =
            new PointView(OCTOBER, NOVEMBER, "2026-10", new BigDecimal("10000.00"), BucketState.FINAL, null, null);
    private static final PointView SECOND =
            new PointView(NOVEMBER, DECEMBER, "2026-11", new BigDecimal("12600.00"), BucketState.FINAL, null, null);

    static final ReportView REPORT = new ReportView(
            "rpt_1",
            ReportType.REVENUE,
            OCTOBER,
            DECEMBER,
            TimeRange.MONTH,
            ZoneOffset.UTC,
            null,
            NOW,
            null,
            ReportReader.ROLLUPS,
            List.of(new SeriesView("MRR EUR", Measure.MRR, Metric.SUM, "EUR", Map.of(), List.of(FIRST, SECOND))),
            List.of(new RollForwardView(
                    "EUR",
                    Map.of(),
                    SECOND,
                    new BigDecimal("10000.00"),
                    new MovementsView(
                            new BigDecimal("2000.00"),
                            new BigDecimal("200.00"),
                            new BigDecimal("1200.00"),
                            new BigDecimal("300.00"),
                            new BigDecimal("500.00"),
                            NOTHING,
                            NOTHING),
                    new BigDecimal("12600.00"),
                    new CustomersView(100, 22, 5, 0, 117))),
            null,
            null,
            List.of(),
            List.of(CHART));

    static final CreateForecast FORECAST = new CreateForecast(
            new HistoryRequest(
                    Measure.MRR,
                    null,
                    new WindowRequest(OCTOBER, DECEMBER, null),
                    TimeRange.MONTH,
                    ZoneOffset.UTC,
                    List.of(),
                    null),
            null,
            null,
            1,
            List.of(0.8),
            Model.NAIVE,
            true);

    static final ForecastView FORECASTED = new ForecastView(
            new SeriesView("MRR EUR", Measure.MRR, Metric.SUM, "EUR", Map.of(), List.of(FIRST, SECOND)),
            List.of(new ExpectedView(
                    "2026-12",
                    new BigDecimal("12600.00"),
                    List.of(new IntervalView(0.8, new BigDecimal("4598.12"), new BigDecimal("20601.88"))))),
            "naive, short series",
            Map.of(),
            null,
            List.of(),
            CHART);

    static final ListActivities ACTIVITIES =
            new ListActivities(null, NOVEMBER, DECEMBER, TimeRange.MONTH, ZoneOffset.UTC, Movement.CHURN, 20, null);

    static final ActivityView ACTIVITY = new ActivityView(
            Owner.user("u_42"),
            "2026-11",
            Movement.CHURN,
            new BigDecimal("49.00"),
            "EUR",
            Instant.parse("2026-11-17T00:00:00Z"),
            "evt_1");

    static final ChartPicture PICTURE = new ChartPicture("cht_1", 720, 400, Theme.AUTO);

    static final CatalogueView CATALOGUE = new CatalogueView(
            List.of(MeasureView.of(Measure.MRR), MeasureView.of(Measure.GRR)),
            List.of(Metric.values()),
            List.of("tier", "partner", "currency", "plan", "meter", "resource_kind"));

    static final FreshnessView FRESHNESS =
            new FreshnessView(NOW, 1, Instant.parse("2026-12-05T09:29:59Z"), 0, Map.of("too_large", 1L));

    static final Span SPAN = new Span(OCTOBER, Instant.parse("2027-01-01T00:00:00Z"));

    static final RebuildView REBUILT = new RebuildView(1_500, 12_000);

    static final VerificationView VERIFIED = new VerificationView(true, List.of());

    private AnalyticsExamples() {}
}
