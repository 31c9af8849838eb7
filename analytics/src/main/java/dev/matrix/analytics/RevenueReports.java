package dev.matrix.analytics;

import dev.matrix.analytics.Measure.Unit;
import dev.matrix.analytics.ReportReader.Answer;
import dev.matrix.analytics.ReportReader.Entry;
import dev.matrix.core.Ids;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.CurrencyConverter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers revenue queries. Thread-safe. */
final class RevenueReports {

    private static final int BUCKETS = 12;
    private static final int MOST_POINTS = 20_000;
    private static final Duration LATE_COMMITS = Duration.ofHours(1);

    private final AnalyticsStores stores;
    private final Settings settings;
    private final ReportReader reader;
    private final Currencies currencies;
    private final @Nullable CurrencyConverter converter;
    private final InstantSource clock;
    private final Ids ids;

    RevenueReports(
            AnalyticsStores stores,
            Settings settings,
            ReportReader reader,
            Currencies currencies,
            @Nullable CurrencyConverter converter,
            InstantSource clock,
            Ids ids) {
        this.stores = stores;
        this.settings = settings;
        this.reader = reader;
        this.currencies = currencies;
        this.converter = converter;
        this.clock = clock;
        this.ids = ids;
    }

    RevenueReport report(ReportQuery query) {
        Instant now = clock.instant();
        ZoneId zone = query.zone() == null ? settings.reportingZone() : query.zone();
        Window window = query.window() == null
                ? settings.calendar().last(BUCKETS, query.timeRange(), zone, now)
                : query.window();
        List<Filter> filters = reader.filters(query);
        List<Integer> groupPlaces = query.groupBy().stream().map(reader::place).toList();
        LocalDate until = until(query.asOf(), now);
        List<Bucket> buckets = settings.calendar().buckets(window, query.timeRange(), zone);
        Set<Measure> measures = query.measures().isEmpty() ? Set.of(Measure.MRR) : query.measures();
        limit(query, measures, buckets.size());

        Answer answer = stores.transactions()
                .returning(tx -> reader.read(tx, query.scope(), window, query.timeRange(), zone, buckets, until));
        List<Warning> warnings = warnings(query, answer.entries(), now);
        List<Entry> entries = filtered(answer.entries(), filters);
        List<BucketState> states = states(buckets, entries, answer.entries(), now);
        Lines lines = new Lines(query.groupBy(), buckets.size(), currencies);
        List<Line> money = lines.of(entries, groupPlaces);
        List<Line> heads = lines.heads(money);
        Currency target = query.currency();
        if (target != null) {
            Rates rates = new Rates(converter, target, buckets, zone, now);
            money = lines.converted(money, target, rates::of);
        }
        if (groupPlaces.isEmpty()) {
            // Without groups, nothing is zero rather than absent.
            heads = heads.isEmpty() ? List.of(new Line(null, Map.of(), buckets.size())) : heads;
            money = money.isEmpty() && target != null ? List.of(new Line(target, Map.of(), buckets.size())) : money;
        }
        if (!groupPlaces.isEmpty()) {
            money = lines.top(money, query.topGroups());
            heads = lines.top(heads, query.topGroups());
        }
        List<Series> series = new ArrayList<>();
        for (Measure measure : measures) {
            boolean counted = measure.unit() == Unit.COUNT || measure == Measure.LOGO_CHURN;
            for (Line line : counted ? heads : money) {
                for (Metric metric : query.metrics()) {
                    series.add(series(measure, metric, line, buckets, states));
                }
            }
        }
        Header header = new Header(
                ids.next("rpt"),
                window,
                query.timeRange(),
                zone,
                target,
                now,
                query.asOf(),
                settings.policy(),
                answer.answeredBy());
        return new RevenueReport(header, series, rollForwards(money, buckets, states), warnings);
    }

    private static void limit(ReportQuery query, Set<Measure> measures, int buckets) {
        long groups = query.groupBy().isEmpty() ? 1 : query.topGroups() + 1L;
        long points = groups * buckets * measures.size() * query.metrics().size();
        if (points > MOST_POINTS) {
            throw new Unprocessable(
                    "A report has at most " + MOST_POINTS + " numbers per currency; this one would have up to " + points
                            + ". Choose longer buckets, a shorter window, or fewer groups and measures.");
        }
    }

    /** The last recorded day that counts. */
    private LocalDate until(@Nullable Instant asOf, Instant now) {
        if (asOf == null) {
            return LocalDate.of(9999, 12, 31);
        }
        LocalDate day = asOf.atZone(settings.reportingZone()).toLocalDate();
        if (endOf(day).isAfter(now)) {
            throw new Unprocessable("Numbers can be shown as of days that are over; " + day + " isn't, in "
                    + settings.reportingZone() + ".");
        }
        return day;
    }

    private Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(settings.reportingZone()).toInstant();
    }

    private List<Entry> filtered(List<Entry> entries, List<Filter> filters) {
        return entries.stream()
                .filter(entry -> filters.stream()
                        .allMatch(filter ->
                                filter.accepts(entry.segment().values().get(reader.place(filter.dimension())))))
                .toList();
    }

    private List<Warning> warnings(ReportQuery query, List<Entry> entries, Instant now) {
        List<Warning> warnings = new ArrayList<>();
        Instant asOf = query.asOf();
        if (asOf != null) {
            LocalDate day = asOf.atZone(settings.reportingZone()).toLocalDate();
            if (now.isBefore(endOf(day).plus(LATE_COMMITS))) {
                warnings.add(new Warning(
                        "as_of_open",
                        "Events of " + day + " may still be committed; an hour after its end the numbers stand."));
            }
        }
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
    private List<BucketState> states(List<Bucket> buckets, List<Entry> entries, List<Entry> all, Instant now) {
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
            Instant closedAt = buckets.get(i).to().plus(settings.closeAfter());
            LocalDate closedOn = closedAt.atZone(settings.reportingZone()).toLocalDate();
            LocalDate last = lastDays[i];
            if (now.isBefore(buckets.get(i).to())) {
                states.add(BucketState.PARTIAL);
            } else if (now.isBefore(closedAt)) {
                states.add(BucketState.CLOSING);
            } else {
                boolean restated = last != null && last.isAfter(closedOn) && !firstDay.isAfter(closedOn);
                states.add(restated ? BucketState.RESTATED : BucketState.FINAL);
            }
        }
        return states;
    }

    private Series series(Measure measure, Metric metric, Line line, List<Bucket> buckets, List<BucketState> states) {
        RevenueNumbers numbers = new RevenueNumbers(line, settings.policy());
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < buckets.size(); i++) {
            boolean partial = states.get(i) == BucketState.PARTIAL;
            BigDecimal value =
                    metric == Metric.SUM ? numbers.shown(measure, i) : partial ? null : numbers.growth(measure, i);
            points.add(point(buckets.get(i), value, states.get(i)));
        }
        return new Series(name(measure, metric, line), measure, metric, line.currency, line.group, points);
    }

    private static Point point(Bucket bucket, @Nullable BigDecimal value, BucketState state) {
        return new Point(bucket.from(), bucket.to(), bucket.label(), value, state);
    }

    private static String name(Measure measure, Metric metric, Line line) {
        Set<String> words = new LinkedHashSet<>();
        words.add(measure.name().replace('_', ' ') + (metric == Metric.GROWTH ? " growth" : ""));
        if (line.currency != null) {
            words.add(line.currency.code());
        }
        words.addAll(line.group.values());
        return String.join(" ", words);
    }

    private List<RollForward> rollForwards(List<Line> lines, List<Bucket> buckets, List<BucketState> states) {
        List<RollForward> all = new ArrayList<>();
        for (Line line : lines) {
            RevenueNumbers numbers = new RevenueNumbers(line, settings.policy());
            for (int i = 0; i < buckets.size(); i++) {
                all.add(numbers.rollForward(point(buckets.get(i), numbers.balance(i + 1), states.get(i)), i));
            }
        }
        return all;
    }
}
