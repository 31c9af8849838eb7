package dev.matrix.analytics;

import static dev.matrix.analytics.AnalyticsApi.described;

import dev.matrix.analytics.AnalyticsRequests.ChartPicture;
import dev.matrix.analytics.AnalyticsRequests.CreateReport;
import dev.matrix.analytics.AnalyticsRequests.Nothing;
import dev.matrix.analytics.AnalyticsRequests.WindowRequest;
import dev.matrix.analytics.AnalyticsViews.CatalogueView;
import dev.matrix.analytics.AnalyticsViews.MeasureView;
import dev.matrix.analytics.AnalyticsViews.ReportView;
import dev.matrix.analytics.chart.SvgOptions;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiContent;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.api.KeyMode;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operations that make reports and show their charts. */
record ReportOperations(StoredAnalytics analytics) {

    private static final String READ = "analytics:read";
    private static final String SVG = "image/svg+xml";
    private static final int ETAG_DIGITS = 32;

    List<Operation<?, ?>> all() {
        return List.of(
                described(
                                Operation.post(
                                        "/v1/analytics/reports", CreateReport.class, Reply.json(ReportView.class)),
                                "createAnalyticsReport",
                                "Tells MRR, its movements and ratios, bucket by bucket.",
                                READ)
                        .key(KeyMode.UNUSED)
                        .status(200)
                        .rate("heavy")
                        .byOwners()
                        .error("report_unavailable", 422, "A rate is missing, or the report would be too large.")
                        .example("MRR of two months", AnalyticsExamples.CREATE, AnalyticsExamples.REPORT)
                        .handle(this::create),
                described(
                                Operation.get("/v1/analytics/charts/{id}.svg", ChartPicture.class, Reply.media(SVG)),
                                "getAnalyticsChart",
                                "Draws a kept chart.",
                                READ)
                        .etag(ReportOperations::etag)
                        .example("a chart", AnalyticsExamples.PICTURE, null)
                        .handle(this::picture),
                described(
                                Operation.get("/v1/analytics/measures", Nothing.class, Reply.json(CatalogueView.class)),
                                "getAnalyticsMeasures",
                                "Lists what reports can tell.",
                                READ)
                        .example("all", new Nothing(), AnalyticsExamples.CATALOGUE)
                        .handle((q, context) -> catalogue()));
    }

    private ReportView create(CreateReport q, ApiContext context) {
        Scope scope = scope(context, q.owner());
        try {
            RevenueReport report = analytics.revenue(query(q, scope, context.now()));
            SavedChart chart = q.chart() ? analytics.save(report.chart(), scope) : null;
            return ReportView.of(report, chart);
        } catch (Unprocessable e) {
            throw ApiProblem.of(422, "report_unavailable", String.valueOf(e.getMessage()));
        }
    }

    private static Scope scope(ApiContext context, @Nullable Owner named) {
        Optional<Owner> owner = context.ownerFilter(named);
        return owner.map(Scope::of).orElseGet(Scope::platform);
    }

    private ReportQuery query(CreateReport q, Scope scope, Instant now) {
        ZoneId zone = q.zone() == null ? analytics.settings().reportingZone() : q.zone();
        return ReportQuery.builder()
                .scope(scope)
                .window(window(q.window(), q.timeRange(), zone, now))
                .timeRange(q.timeRange())
                .zone(zone)
                .measures(orEmpty(q.measures()).toArray(Measure[]::new))
                .metrics(metrics(q))
                .groupBy(orEmpty(q.groupBy()).stream().map(Dimension::new).toArray(Dimension[]::new))
                .filters(orEmpty(q.filters()).stream()
                        .map(filter ->
                                new Filter(new Dimension(filter.dimension()), filter.in(), Set.copyOf(filter.values())))
                        .toArray(Filter[]::new))
                .currency(q.currency())
                .asOf(q.asOf())
                .topGroups(q.topGroups())
                .build();
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static Metric[] metrics(CreateReport q) {
        List<Metric> named = orEmpty(q.metrics());
        return named.isEmpty() ? new Metric[] {Metric.SUM} : named.toArray(Metric[]::new);
    }

    private @Nullable Window window(@Nullable WindowRequest window, TimeRange range, ZoneId zone, Instant now) {
        if (window == null) {
            return null;
        }
        Instant from = window.from();
        Instant to = window.to();
        Integer last = window.last();
        if (last != null && from == null && to == null) {
            return analytics.settings().calendar().last(last, range, zone, now);
        }
        if (last == null && from != null && to != null) {
            return new Window(from, to);
        }
        throw ApiProblem.of(400, "invalid_request", "A window has from and to, or last.")
                .at("/window", "invalid", "Give from and to, or last alone.");
    }

    private ApiContent picture(ChartPicture q, ApiContext context) {
        SavedChart chart = analytics
                .chart(q.id(), scope(context, null))
                .orElseThrow(() -> new NotFoundException("There is no chart " + q.id() + ", or it has expired."));
        context.header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        context.header("X-Content-Type-Options", "nosniff");
        String svg = chart.spec().toSvg(new SvgOptions(q.width(), q.height(), q.theme()));
        return ApiContent.of(SVG, svg.getBytes(StandardCharsets.UTF_8));
    }

    private static String etag(ApiContent content) {
        byte[] bytes = content.body() instanceof ApiBody.Bytes body ? body.content() : new byte[0];
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest).substring(0, ETAG_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private CatalogueView catalogue() {
        return new CatalogueView(
                Arrays.stream(Measure.values()).map(MeasureView::of).toList(),
                List.of(Metric.values()),
                analytics.settings().dimensions().stream().map(Dimension::name).toList());
    }
}
