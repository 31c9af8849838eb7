package dev.matrix.analytics;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Ids;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Matrix;
import dev.matrix.core.event.SubscriberPolicy;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.CurrencyConverter;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.InstantSource;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Wires analytics into a Matrix. Not thread-safe. */
public final class AnalyticsBuilder {

    private static final int MOST_ZONES = 8;
    private static final List<Dimension> KNOWN =
            List.of(Dimension.TIER, Dimension.PARTNER, Dimension.CURRENCY, Dimension.PLAN);
    private static final int LARGEST_BATCH = 1_000;

    private final Matrix matrix;
    private @Nullable CurrencyConverter converter;
    private MrrPolicy policy = MrrPolicy.standard();
    private List<ZoneId> zones = List.of(ZoneOffset.UTC);
    private DayOfWeek weekStart = DayOfWeek.MONDAY;
    private Month fiscalYearStart = Month.JANUARY;
    private Duration closeAfter = Duration.ofHours(24);
    private List<Dimension> dimensions = KNOWN;
    private Duration chartRetention = Duration.ofDays(30);
    private int batch = LARGEST_BATCH;
    private int revision = 1;

    AnalyticsBuilder(Matrix matrix) {
        this.matrix = requireNonNull(matrix, "matrix");
    }

    /** Converts reports to one currency; none by default: then asking for a currency is an InvalidRequestException. */
    public AnalyticsBuilder converter(CurrencyConverter converter) {
        this.converter = requireNonNull(converter, "converter");
        return this;
    }

    /** What counts as MRR; {@link MrrPolicy#standard()} by default. */
    public AnalyticsBuilder policy(MrrPolicy policy) {
        this.policy = requireNonNull(policy, "policy");
        return this;
    }

    /**
     * The zones that have rollups, 1 to 8; UTC by default. The first is the reporting zone, which reports have unless they name
     * another. Every other zone gives equal numbers, at the cost of replaying all subscriptions.
     */
    public AnalyticsBuilder zones(ZoneId... zones) {
        this.zones = List.of(zones);
        return this;
    }

    /** The first day of weeks; MONDAY by default. */
    public AnalyticsBuilder weekStart(DayOfWeek day) {
        this.weekStart = requireNonNull(day, "day");
        return this;
    }

    /** The first month of years and quarters; JANUARY by default. */
    public AnalyticsBuilder fiscalYearStart(Month month) {
        this.fiscalYearStart = requireNonNull(month, "month");
        return this;
    }

    /** How long after its end a bucket is final; 24 h by default. */
    public AnalyticsBuilder closeAfter(Duration after) {
        this.closeAfter = requireNonNull(after, "after");
        return this;
    }

    /** What reports may group by: any of TIER, PARTNER, CURRENCY and PLAN; all by default. */
    public AnalyticsBuilder dimensions(Dimension... dimensions) {
        this.dimensions = List.of(dimensions);
        return this;
    }

    /** How long charts are kept; 30 days by default. */
    public AnalyticsBuilder chartRetention(Duration kept) {
        this.chartRetention = requireNonNull(kept, "kept");
        return this;
    }

    /** At most how many events are counted in one transaction, 1 to 1,000; 1,000 by default. */
    public AnalyticsBuilder batch(int events) {
        this.batch = events;
        return this;
    }

    /**
     * The number of these settings, from 1, the default. Raise it, on every node, whenever policy, zones, week or year start or the
     * dimensions change: the first node that is built with it rebuilds the rollups in its {@code build()}.
     */
    public AnalyticsBuilder revision(int number) {
        this.revision = number;
        return this;
    }

    /**
     * Adds analytics to the Matrix. Opens a transaction, to compare these settings with those that the rollups were made with.
     *
     * @throws InvalidRequestException for values that are not allowed; the message lists all
     * @throws IllegalStateException if the Matrix was started, or the rollups were made with other settings of this revision or with
     *     a later revision
     */
    public Analytics build() {
        check();
        Settings settings =
                new Settings(revision, policy, zones, new Calendar(weekStart, fiscalYearStart), dimensions, closeAfter);
        AnalyticsStores stores = AnalyticsStores.of(matrix.stores());
        Versions versions = new Versions(matrix.json());
        Upkeep upkeep = new Upkeep(stores, settings, versions);
        Gate gate = new Gate(stores.settings(), settings);
        stores.transactions().inTransaction(tx -> {
            if (gate.enter(tx)) {
                upkeep.rebuild(tx, Upkeep.ALL);
            }
        });
        SavedCharts charts = new SavedCharts(
                stores.transactions(),
                stores.charts(),
                matrix.json(),
                matrix.ids(),
                matrix.storeClock(),
                chartRetention);
        matrix.add(new EventFollower(
                stores,
                gate,
                new SubscriptionIngest(stores, settings, versions),
                new FactIngest(stores),
                SubscriberPolicy.defaults().withBatch(batch)));
        matrix.add(charts);
        return new StoredAnalytics(
                matrix.events(),
                matrix.storeClock(),
                stores,
                settings,
                gate,
                upkeep,
                reports(stores, settings, versions, upkeep),
                new Erasure(stores, versions, matrix.ids()),
                charts);
    }

    private StoredAnalytics.Reports reports(
            AnalyticsStores stores, Settings settings, Versions versions, Upkeep upkeep) {
        InstantSource clock = matrix.storeClock();
        Currencies currencies = matrix.currencies();
        Ids ids = matrix.ids();
        ReportReader reader = new ReportReader(stores, settings, upkeep);
        FlowReader facts = new FlowReader(stores);
        SubscriptionFates fates = new SubscriptionFates(stores, settings, upkeep);
        FlowReports flows = new FlowReports(
                stores, facts, new DerivedFlows(stores, facts, fates, currencies), currencies, converter);
        RevenueReports revenue = new RevenueReports(stores, settings, reader, flows, currencies, converter, clock, ids);
        UsageReports usage = new UsageReports(stores, settings, facts, flows, clock, ids);
        CustomerScores scores = new CustomerScores(stores, settings, facts, flows, fates, converter);
        return new StoredAnalytics.Reports(
                revenue,
                usage,
                new CustomerReports(stores, settings, facts, flows, revenue, fates, scores, clock, ids),
                new ForecastReports(settings, revenue, usage, clock, ids),
                new MrrActivities(stores, settings, reader, versions, currencies),
                new StoredHistory(stores, versions));
    }

    private void check() {
        List<String> faults = new ArrayList<>();
        if (zones.isEmpty() || zones.size() > MOST_ZONES || Set.copyOf(zones).size() < zones.size()) {
            faults.add("zones are 1 to " + MOST_ZONES + ", each once");
        }
        if (!KNOWN.containsAll(dimensions)
                || Set.copyOf(dimensions).size() < dimensions.size()
                || dimensions.isEmpty()) {
            faults.add("dimensions are one or more of " + KNOWN + ", each once");
        }
        if (closeAfter.isNegative()) {
            faults.add("closeAfter is not negative");
        }
        if (chartRetention.isNegative() || chartRetention.isZero()) {
            faults.add("chartRetention is longer than 0");
        }
        if (batch < 1 || batch > LARGEST_BATCH) {
            faults.add("batch is 1 to " + LARGEST_BATCH);
        }
        if (revision < 1) {
            faults.add("revision is 1 or more");
        }
        if (!faults.isEmpty()) {
            throw new InvalidRequestException("Analytics can't be built like this: " + String.join("; ", faults) + ".");
        }
    }
}
