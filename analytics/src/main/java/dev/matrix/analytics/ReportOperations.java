package dev.matrix.analytics;

import dev.matrix.analytics.AnalyticsRequests.CreateReport;
import dev.matrix.analytics.AnalyticsRequests.FilterRequest;
import dev.matrix.analytics.AnalyticsRequests.ListActivities;
import dev.matrix.analytics.AnalyticsRequests.Nothing;
import dev.matrix.analytics.AnalyticsRequests.WindowRequest;
import dev.matrix.analytics.AnalyticsViews.ActivityView;
import dev.matrix.analytics.AnalyticsViews.CatalogueView;
import dev.matrix.analytics.AnalyticsViews.MeasureView;
import dev.matrix.analytics.AnalyticsViews.ReportView;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.api.KeyMode;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Operations that make reports and tell who is behind them. */
record ReportOperations(ApiArea area, StoredAnalytics analytics, HeavyCalls heavy) {

    List<Operation<?, ?>> all() {
        return List.of(
                area.reading(
                                Operation.post(
                                        "/v1/analytics/reports", CreateReport.class, Reply.json(ReportView.class)),
                                "createAnalyticsReport",
                                "Tells revenue, usage, customers or performance, bucket by bucket.")
                        .key(KeyMode.UNUSED)
                        .status(200)
                        .rate("heavy")
                        .byOwners()
                        .error("report_unavailable", 422, "A rate is missing, or the report would be too large.")
                        .error("busy", 503, "Too many reports are being made.")
                        .example("MRR of two months", AnalyticsExamples.CREATE, AnalyticsExamples.REPORT)
                        .handle(this::create),
                area.reading(
                                Operation.get(
                                        "/v1/analytics/mrr-activities",
                                        ListActivities.class,
                                        Reply.pageOf(ActivityView.class)),
                                "listAnalyticsMrrActivities",
                                "Lists the customers behind the movements of MRR.")
                        .example(
                                "who left in November",
                                AnalyticsExamples.ACTIVITIES,
                                new Page<>(List.of(AnalyticsExamples.ACTIVITY), null))
                        .handle(this::activities),
                area.reading(
                                Operation.get("/v1/analytics/measures", Nothing.class, Reply.json(CatalogueView.class)),
                                "getAnalyticsMeasures",
                                "Lists what reports can tell.")
                        .example("all", new Nothing(), AnalyticsExamples.CATALOGUE)
                        .handle((q, context) -> catalogue()));
    }

    private ReportView create(CreateReport q, ApiContext context) {
        Scope scope = scope(context, q.owner());
        return heavy.run(
                context.principal().owner(),
                () -> available(() -> {
                    ReportQuery query = query(q, scope, context.now());
                    Report report = switch (q.type()) {
                        case REVENUE -> analytics.revenue(query);
                        case USAGE -> analytics.usage(query);
                        case CUSTOMERS -> analytics.customers(query);
                        case PERFORMANCE -> analytics.performance(query);
                    };
                    List<SavedChart> charts = orEmpty(q.charts()).isEmpty()
                            ? List.of()
                            : analytics
                                    .transactions()
                                    .returning(tx -> orEmpty(q.charts()).stream()
                                            .map(type -> analytics.save(tx, report.chart(type), scope))
                                            .toList());
                    return ReportView.of(report, charts);
                }));
    }

    /** What is well asked for, but can't be given, is a problem of its own. */
    static <T> T available(Supplier<T> work) {
        try {
            return work.get();
        } catch (Unprocessable e) {
            throw ApiProblem.of(422, "report_unavailable", String.valueOf(e.getMessage()));
        }
    }

    static Scope scope(ApiContext context, @Nullable Owner named) {
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
                .filters(filters(q.filters()))
                .currency(q.currency())
                .comparison(q.comparison())
                .projected(q.projected())
                .asOf(q.asOf())
                .topGroups(q.topGroups())
                .build();
    }

    static Filter[] filters(@Nullable List<FilterRequest> filters) {
        return orEmpty(filters).stream()
                .map(filter -> new Filter(new Dimension(filter.dimension()), filter.in(), Set.copyOf(filter.values())))
                .toArray(Filter[]::new);
    }

    static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static Metric[] metrics(CreateReport q) {
        List<Metric> named = orEmpty(q.metrics());
        return named.isEmpty() ? new Metric[] {Metric.SUM} : named.toArray(Metric[]::new);
    }

    private @Nullable Window window(@Nullable WindowRequest window, TimeRange range, ZoneId zone, Instant now) {
        return window(analytics.settings(), window, range, zone, now);
    }

    static @Nullable Window window(
            Settings settings, @Nullable WindowRequest window, TimeRange range, ZoneId zone, Instant now) {
        if (window == null) {
            return null;
        }
        Instant from = window.from();
        Instant to = window.to();
        Integer last = window.last();
        if (last != null && from == null && to == null) {
            return settings.calendar().last(last, range, zone, now);
        }
        if (last == null && from != null && to != null) {
            return new Window(from, to);
        }
        throw ApiProblem.of(400, "invalid_request", "A window has from and to, or last.")
                .at("/window", "invalid", "Give from and to, or last alone.");
    }

    private Page<ActivityView> activities(ListActivities q, ApiContext context) {
        Movement movement = q.movement();
        ReportQuery query = ReportQuery.builder()
                .scope(scope(context, q.owner()))
                .window(new Window(q.from(), q.to()))
                .timeRange(q.timeRange())
                .zone(q.zone())
                .measures(movement == null ? new Measure[0] : new Measure[] {Measure.valueOf(movement.name() + "_MRR")})
                .build();
        Page<MrrActivity> page = available(() -> analytics.mrrActivity(query, new PageRequest(q.limit(), q.cursor())));
        return new Page<>(page.items().stream().map(ActivityView::of).toList(), page.nextCursor());
    }

    private CatalogueView catalogue() {
        Set<String> dimensions = new LinkedHashSet<>();
        Stream.concat(analytics.settings().dimensions().stream(), FlowReader.DIMENSIONS.stream())
                .forEach(dimension -> dimensions.add(dimension.name()));
        return new CatalogueView(
                Arrays.stream(Measure.values()).map(MeasureView::of).toList(),
                List.of(Metric.values()),
                List.copyOf(dimensions));
    }
}
