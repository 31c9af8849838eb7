package dev.matrix.analytics;

import dev.matrix.analytics.chart.ChartSpec;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.SubscriberStatus;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link Analytics} over stores. */
final class StoredAnalytics implements Analytics, Analytics.Admin {

    private final EventLog events;
    private final InstantSource clock;
    private final AnalyticsStores stores;
    private final Settings settings;
    private final Gate gate;
    private final Upkeep upkeep;
    private final Reports reports;
    private final Erasure erasure;
    private final SavedCharts charts;

    /** What answers queries. */
    record Reports(
            RevenueReports revenue,
            UsageReports usage,
            CustomerReports customers,
            ForecastReports forecasts,
            MrrActivities activities,
            CustomerHistory history) {}

    StoredAnalytics(
            EventLog events,
            InstantSource clock,
            AnalyticsStores stores,
            Settings settings,
            Gate gate,
            Upkeep upkeep,
            Reports reports,
            Erasure erasure,
            SavedCharts charts) {
        this.events = events;
        this.clock = clock;
        this.stores = stores;
        this.settings = settings;
        this.gate = gate;
        this.upkeep = upkeep;
        this.reports = reports;
        this.erasure = erasure;
        this.charts = charts;
    }

    Transactions transactions() {
        return stores.transactions();
    }

    Settings settings() {
        return settings;
    }

    private Perspective perspective() {
        return new Perspective(settings, clock);
    }

    @Override
    public RevenueReport revenue(ReportQuery query) {
        RevenueReport report = reports.revenue().report(query);
        return new RevenueReport(
                report.header(),
                perspective().of(query, report, reports.revenue()::report),
                report.rollForwards(),
                report.warnings());
    }

    @Override
    public UsageReport usage(ReportQuery query) {
        UsageReport report = reports.usage().usage(query);
        return new UsageReport(
                report.header(),
                perspective().of(query, report, reports.usage()::usage),
                report.topCustomers(),
                report.warnings());
    }

    @Override
    public CustomerReport customers(ReportQuery query) {
        return reports.customers().customers(query);
    }

    @Override
    public PerformanceReport performance(ReportQuery query) {
        PerformanceReport report = reports.usage().performance(query);
        return new PerformanceReport(
                report.header(), perspective().of(query, report, reports.usage()::performance), report.warnings());
    }

    @Override
    public ForecastReport forecast(ForecastQuery query) {
        return reports.forecasts().forecast(query);
    }

    @Override
    public Page<MrrActivity> mrrActivity(ReportQuery query, PageRequest page) {
        Frame frame = Frame.of(query, settings, clock.instant());
        return stores.transactions().returning(tx -> reports.activities().page(tx, frame, page));
    }

    @Override
    public CustomerHistory history() {
        return reports.history();
    }

    @Override
    public SavedChart save(ChartSpec chart, Scope scope) {
        return stores.transactions().returning(tx -> save(tx, chart, scope));
    }

    @Override
    public SavedChart save(Tx tx, ChartSpec chart, Scope scope) {
        return charts.save(tx, chart, scope);
    }

    @Override
    public Optional<SavedChart> chart(String id, Scope scope) {
        return stores.transactions().returning(tx -> charts.find(tx, id, scope));
    }

    @Override
    public Admin admin() {
        return this;
    }

    @Override
    public ApiModule api() {
        return new AnalyticsApi(this);
    }

    @Override
    public RebuildResult rebuild(Window window) {
        return stores.transactions().returning(tx -> rebuild(tx, window));
    }

    @Override
    public RebuildResult rebuild(Tx tx, Window window) {
        gate.lock(tx);
        return upkeep.rebuild(tx, window);
    }

    @Override
    public List<Discrepancy> verify(Window window) {
        return stores.transactions().returning(tx -> {
            gate.lock(tx);
            return upkeep.verify(tx, window);
        });
    }

    @Override
    public boolean erase(Owner customer) {
        return stores.transactions().returning(tx -> erase(tx, customer));
    }

    @Override
    public boolean erase(Tx tx, Owner customer) {
        gate.share(tx);
        return erasure.erase(tx, customer);
    }

    @Override
    public Freshness freshness() {
        SubscriberStatus status = events.subscribers().stream()
                .filter(each -> each.name().equals(EventFollower.NAME))
                .findFirst()
                .orElse(new SubscriberStatus(EventFollower.NAME, 0, null, 0));
        Map<String, Long> rejected = stores.transactions().returning(stores.timelines()::rejected);
        return new Freshness(clock.instant(), status.backlog(), status.oldest(), status.failed(), rejected);
    }
}
