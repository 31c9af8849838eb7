package dev.matrix.analytics;

import dev.matrix.analytics.Measure.Unit;
import dev.matrix.analytics.ReportReader.Answer;
import dev.matrix.analytics.ReportReader.Entry;
import dev.matrix.core.Ids;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.CurrencyConverter;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers revenue queries. Thread-safe. */
final class RevenueReports {

    private static final Set<Measure> MEASURES =
            Collections.unmodifiableSet(EnumSet.range(Measure.MRR, Measure.USAGE_RUN_RATE));

    private final AnalyticsStores stores;
    private final Settings settings;
    private final ReportReader reader;
    private final FlowReports flows;
    private final Currencies currencies;
    private final @Nullable CurrencyConverter converter;
    private final InstantSource clock;
    private final Ids ids;

    RevenueReports(
            AnalyticsStores stores,
            Settings settings,
            ReportReader reader,
            FlowReports flows,
            Currencies currencies,
            @Nullable CurrencyConverter converter,
            InstantSource clock,
            Ids ids) {
        this.stores = stores;
        this.settings = settings;
        this.reader = reader;
        this.flows = flows;
        this.currencies = currencies;
        this.converter = converter;
        this.clock = clock;
        this.ids = ids;
    }

    RevenueReport report(ReportQuery query) {
        Frame frame = Frame.of(query, settings, clock.instant());
        Set<Measure> measures = frame.measures(MEASURES, Measure.MRR);
        Set<Measure> recurring =
                measures.stream().filter(Measure::isRecurring).collect(Collectors.toCollection(LinkedHashSet::new));
        if (recurring.isEmpty()) {
            FlowReports.Flows cash = flows.of(frame, measures);
            return new RevenueReport(frame.header(ids, FlowReports.FACTS), cash.series(), List.of(), cash.warnings());
        }
        RevenueReport report = recurring(frame, recurring);
        if (recurring.size() == measures.size()) {
            return report;
        }
        FlowReports.Flows cash = flows.of(
                frame,
                measures.stream()
                        .filter(measure -> !measure.isRecurring())
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
        List<Series> series = new ArrayList<>(report.series());
        series.addAll(cash.series());
        List<Warning> warnings = new ArrayList<>(report.warnings());
        cash.warnings().stream()
                .filter(warning -> !report.warnings().contains(warning))
                .forEach(warnings::add);
        return new RevenueReport(report.header(), series, report.rollForwards(), warnings);
    }

    RevenueReport recurring(Frame frame, Set<Measure> measures) {
        ReportQuery query = frame.query();
        List<Filter> filters = reader.filters(query);
        List<Integer> groupPlaces = query.groupBy().stream().map(reader::place).toList();
        List<Bucket> buckets = frame.buckets();
        Answer answer = stores.transactions()
                .returning(tx -> reader.read(
                        tx, query.scope(), frame.window(), query.timeRange(), frame.zone(), buckets, frame.until()));
        List<Warning> warnings = warnings(frame, answer.entries());
        List<Entry> entries = filtered(answer.entries(), filters);
        List<BucketState> states = states(frame, entries, answer.entries());
        Lines lines = new Lines(query.groupBy(), buckets.size(), currencies);
        List<Line> money = lines.of(entries, groupPlaces);
        List<Line> heads = lines.heads(money);
        Currency target = query.currency();
        if (target != null) {
            Rates rates = new Rates(converter, target, buckets, frame.zone(), frame.now());
            money = lines.converted(money, target, rates::of);
        }
        if (groupPlaces.isEmpty()) {
            // Without groups, nothing is zero rather than absent.
            heads = heads.isEmpty() ? List.of(new Line(null, Map.of(), buckets.size())) : heads;
            money = money.isEmpty() && target != null ? List.of(new Line(target, Map.of(), buckets.size())) : money;
        } else {
            money = lines.top(money, query.topGroups());
            heads = lines.top(heads, query.topGroups());
        }
        List<Series> series = new ArrayList<>();
        for (Measure measure : measures) {
            boolean counted = measure.unit() == Unit.COUNT || measure == Measure.LOGO_CHURN;
            for (Line line : counted ? heads : money) {
                for (Metric metric : query.metrics()) {
                    series.add(series(measure, metric, line, frame, states));
                }
            }
        }
        return new RevenueReport(
                frame.header(ids, answer.answeredBy()), series, rollForwards(money, frame, states), warnings);
    }

    private List<Entry> filtered(List<Entry> entries, List<Filter> filters) {
        return entries.stream()
                .filter(entry -> filters.stream()
                        .allMatch(filter ->
                                filter.accepts(entry.segment().values().get(reader.place(filter.dimension())))))
                .toList();
    }

    private List<Warning> warnings(Frame frame, List<Entry> entries) {
        ReportQuery query = frame.query();
        List<Warning> warnings = new ArrayList<>();
        frame.openDay().ifPresent(warnings::add);
        // A partner must not learn which values others have.
        boolean platform = query.scope() instanceof Scope.Platform;
        for (Filter filter : query.filters()) {
            int place = reader.place(filter.dimension());
            Set<String> known = entries.stream()
                    .map(entry -> entry.segment().values().get(place))
                    .collect(Collectors.toSet());
            List<String> unknown = filter.values().stream()
                    .filter(value -> !known.contains(value))
                    .sorted()
                    .toList();
            if (platform && !unknown.isEmpty()) {
                warnings.add(new Warning(
                        "unknown_value",
                        "Nothing has the " + filter.dimension() + " " + String.join(", ", unknown) + "."));
            }
        }
        if (platform) {
            stores.transactions()
                    .<Map<String, Long>>returning(stores.timelines()::rejected)
                    .forEach((reason, count) -> warnings.add(new Warning(
                            "rejected_events", count + " events are not counted: " + reason.replace('_', ' ') + ".")));
        }
        return warnings;
    }

    /**
     * A bucket is restated if something that was recorded after it had been closed changed it. History that was imported when
     * nothing had been recorded yet restates nothing.
     */
    private List<BucketState> states(Frame frame, List<Entry> entries, List<Entry> all) {
        List<Bucket> buckets = frame.buckets();
        LocalDate firstDay =
                all.stream().map(Entry::firstDay).min(Comparator.naturalOrder()).orElse(LocalDate.MAX);
        LocalDate[] lastDays = new LocalDate[buckets.size()];
        for (Entry entry : entries) {
            if (entry.bucket() >= 0) {
                LocalDate known = lastDays[entry.bucket()];
                lastDays[entry.bucket()] = known == null || entry.lastDay().isAfter(known) ? entry.lastDay() : known;
            }
        }
        List<BucketState> states = new ArrayList<>();
        for (int i = 0; i < buckets.size(); i++) {
            LocalDate closedOn =
                    frame.closedAt(i).atZone(settings.reportingZone()).toLocalDate();
            LocalDate last = lastDays[i];
            states.add(frame.state(i, last != null && last.isAfter(closedOn) && !firstDay.isAfter(closedOn)));
        }
        return states;
    }

    private Series series(Measure measure, Metric metric, Line line, Frame frame, List<BucketState> states) {
        RevenueNumbers numbers = new RevenueNumbers(line, settings.policy());
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < frame.buckets().size(); i++) {
            boolean partial = states.get(i) == BucketState.PARTIAL;
            BigDecimal value =
                    metric == Metric.SUM ? numbers.shown(measure, i) : partial ? null : numbers.growth(measure, i);
            points.add(frame.point(i, value, states.get(i)));
        }
        String currency = line.currency == null ? null : line.currency.code();
        return new Series(
                Frame.name(measure, metric, currency, line.group), measure, metric, line.currency, line.group, points);
    }

    private List<RollForward> rollForwards(List<Line> lines, Frame frame, List<BucketState> states) {
        List<RollForward> all = new ArrayList<>();
        for (Line line : lines) {
            RevenueNumbers numbers = new RevenueNumbers(line, settings.policy());
            for (int i = 0; i < frame.buckets().size(); i++) {
                all.add(numbers.rollForward(frame.point(i, numbers.balance(i + 1), states.get(i)), i));
            }
        }
        return all;
    }
}
