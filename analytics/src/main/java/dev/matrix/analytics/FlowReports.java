package dev.matrix.analytics;

import dev.matrix.analytics.spi.FactKind;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.CurrencyConverter;
import dev.matrix.core.spi.Tx;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Series of what was billed, paid, used and missed, from facts. Thread-safe. */
final class FlowReports {

    static final String FACTS = "facts";

    private final AnalyticsStores stores;
    private final FlowReader reader;
    private final DerivedFlows derived;
    private final Currencies currencies;
    private final @Nullable CurrencyConverter converter;

    /** Series and what is to be said about them. */
    record Flows(List<Series> series, List<Warning> warnings) {}

    /** A line's exact values, null where there is none. */
    record Values(@Nullable Currency currency, Map<String, String> group, List<@Nullable Fraction> values) {}

    FlowReports(
            AnalyticsStores stores,
            FlowReader reader,
            DerivedFlows derived,
            Currencies currencies,
            @Nullable CurrencyConverter converter) {
        this.stores = stores;
        this.reader = reader;
        this.derived = derived;
        this.currencies = currencies;
        this.converter = converter;
    }

    Flows of(Frame frame, Set<Measure> measures) {
        Set<FactKind> kinds = EnumSet.noneOf(FactKind.class);
        measures.forEach(measure -> kinds.addAll(FlowNumbers.kinds(measure)));
        Map<Measure, List<Values>> own = new LinkedHashMap<>();
        List<FlowLine> lines = stores.transactions().returning(tx -> {
            measures.stream()
                    .filter(measure -> !FlowNumbers.has(measure))
                    .forEach(measure -> own.put(measure, derived(tx, frame, measure)));
            return kinds.isEmpty()
                    ? List.<FlowLine>of()
                    : reader.lines(tx, frame, kinds, measures.contains(Measure.ACTIVE_CUSTOMERS));
        });
        List<Warning> warnings = new ArrayList<>();
        frame.openDay().ifPresent(warnings::add);
        List<BucketState> states = states(frame, lines);
        List<Series> series = new ArrayList<>();
        for (Measure measure : measures) {
            for (Metric metric : frame.query().metrics()) {
                List<Values> values = own.containsKey(measure)
                        ? own.getOrDefault(measure, List.of())
                        : values(frame, measure, metric, lines, warnings);
                values.forEach(each -> series.add(series(frame, measure, metric, each, states)));
            }
        }
        return new Flows(series, List.copyOf(new LinkedHashSet<>(warnings)));
    }

    private List<Values> derived(Tx tx, Frame frame, Measure measure) {
        if (!frame.query().groupBy().isEmpty()) {
            throw new InvalidRequestException(measure + " can't be grouped. Ask for it without groups, or filter.");
        }
        List<Values> values = derived.of(tx, frame, measure);
        Currency target = frame.query().currency();
        return measure.unit() == Measure.Unit.MONEY && target != null ? converted(frame, values, target) : values;
    }

    private static List<BucketState> states(Frame frame, List<FlowLine> lines) {
        Instant first = lines.stream()
                .flatMap(line -> line.tallies().stream())
                .map(Tally::firstRecorded)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        List<BucketState> states = new ArrayList<>();
        for (int i = 0; i < frame.buckets().size(); i++) {
            int bucket = i;
            Instant closed = frame.closedAt(bucket);
            // History that was imported when nothing had been recorded yet restates nothing.
            boolean restated = first.isBefore(closed)
                    && lines.stream()
                            .anyMatch(line ->
                                    line.tallies().get(bucket).lastRecorded().isAfter(closed));
            states.add(frame.state(bucket, restated));
        }
        return states;
    }

    private List<Values> values(
            Frame frame, Measure measure, Metric metric, List<FlowLine> lines, List<Warning> warnings) {
        Set<FactKind> kinds = FlowNumbers.kinds(measure);
        List<FlowLine> own = lines.stream()
                .filter(line -> line.tallies().stream()
                        .anyMatch(tally -> kinds.stream().anyMatch(kind -> tally.count(kind) > 0)))
                .toList();
        boolean money = measure.unit() == Measure.Unit.MONEY && metric != Metric.COUNT;
        List<Values> values = money ? money(measure, metric, own) : counts(frame, measure, metric, own);
        Currency target = frame.query().currency();
        if (money && target != null) {
            values = converted(frame, values, target);
        }
        if (values.isEmpty() && frame.query().groupBy().isEmpty() && (!money || target != null)) {
            // Without groups, nothing is zero rather than absent.
            return List.of(values(
                    measure,
                    metric,
                    FlowLine.empty("", Map.of(), frame.buckets().size()),
                    money ? target : null));
        }
        return top(frame, measure, metric, values, warnings);
    }

    private List<Values> money(Measure measure, Metric metric, List<FlowLine> lines) {
        return lines.stream()
                .map(line -> values(measure, metric, line, currency(line.currency())))
                .toList();
    }

    Currency currency(String code) {
        return currencies
                .find(code)
                .orElseThrow(() -> new Unprocessable("There are facts in " + code
                        + ", which this Matrix doesn't know any more. Register it in Currencies.builder()."));
    }

    private static List<Values> counts(Frame frame, Measure measure, Metric metric, List<FlowLine> lines) {
        Map<Map<String, String>, FlowLine> byGroup = new LinkedHashMap<>();
        lines.forEach(line -> byGroup.computeIfAbsent(
                        line.group(),
                        group -> FlowLine.empty("", group, frame.buckets().size()))
                .add(line));
        return byGroup.values().stream()
                .map(line -> values(measure, metric, line, null))
                .toList();
    }

    private static Values values(Measure measure, Metric metric, FlowLine line, @Nullable Currency currency) {
        List<@Nullable Fraction> values = new ArrayList<>();
        for (Tally tally : line.tallies()) {
            Fraction exact = FlowNumbers.exact(measure, metric, tally);
            values.add(
                    exact == null || currency == null
                            ? exact
                            : exact.dividedBy(Fraction.of(BigInteger.TEN.pow(currency.scale()), BigInteger.ONE)));
        }
        return new Values(currency, line.group(), values);
    }

    /** Each bucket at the rate of its end. Nothing needs no rate. */
    private List<Values> converted(Frame frame, List<Values> values, Currency target) {
        Rates rates = new Rates(converter, target, frame.buckets(), frame.zone(), frame.now());
        Map<Map<String, String>, Values> converted = new LinkedHashMap<>();
        for (Values each : values) {
            Currency own = each.currency();
            List<@Nullable Fraction> sums = new ArrayList<>();
            for (int i = 0; i < each.values().size(); i++) {
                Fraction value = each.values().get(i);
                sums.add(
                        value == null || value.signum() == 0 || own == null
                                ? value
                                : value.times(rates.of(own).apply(i + 1)));
            }
            converted.merge(each.group(), new Values(target, each.group(), sums), FlowReports::plus);
        }
        return List.copyOf(converted.values());
    }

    private static Values plus(Values a, Values b) {
        List<@Nullable Fraction> sums = new ArrayList<>();
        for (int i = 0; i < a.values().size(); i++) {
            Fraction left = a.values().get(i);
            Fraction right = b.values().get(i);
            sums.add(left == null ? right : right == null ? left : left.plus(right));
        }
        return new Values(a.currency(), a.group(), sums);
    }

    /** The groups with the largest last value; the others as one where they add up, else left out with a warning. */
    private static List<Values> top(
            Frame frame, Measure measure, Metric metric, List<Values> values, List<Warning> warnings) {
        int most = frame.query().topGroups();
        if (frame.query().groupBy().isEmpty() || values.size() <= most) {
            return values;
        }
        List<Values> sorted = values.stream()
                .sorted(Comparator.comparing(FlowReports::last)
                        .reversed()
                        .thenComparing(each -> String.join("\n", each.group().values())))
                .toList();
        List<Values> top = new ArrayList<>(sorted.subList(0, most));
        boolean addsUp = measure.kind() == Measure.Kind.FLOW && (metric == Metric.SUM || metric == Metric.COUNT);
        if (!addsUp) {
            warnings.add(new Warning(
                    "groups_left_out",
                    sorted.size() - most + " groups of " + measure + " are not shown; as they don't add up, there is no"
                            + " (other). Raise topGroups, or filter."));
            return top;
        }
        Map<String, Values> others = new LinkedHashMap<>();
        Map<String, String> group = new LinkedHashMap<>();
        frame.query().groupBy().forEach(dimension -> group.put(dimension.name(), Segment.OTHER));
        for (Values rest : sorted.subList(most, sorted.size())) {
            Currency currency = rest.currency();
            others.merge(
                    currency == null ? "" : currency.code(),
                    new Values(currency, group, rest.values()),
                    FlowReports::plus);
        }
        top.addAll(others.values());
        return top;
    }

    private static Fraction last(Values values) {
        Fraction last = values.values().get(values.values().size() - 1);
        return last == null ? Fraction.ZERO : last;
    }

    private static Series series(Frame frame, Measure measure, Metric metric, Values values, List<BucketState> states) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            Fraction exact = values.values().get(i);
            BucketState state = states.get(i);
            BigDecimal shown = metric == Metric.GROWTH
                    ? growth(
                            i == 0 || state == BucketState.PARTIAL
                                    ? null
                                    : values.values().get(i - 1),
                            exact)
                    : exact == null ? null : shown(measure, metric, values.currency(), exact);
            points.add(frame.point(i, shown, state));
        }
        Currency currency = values.currency();
        String name = Frame.name(measure, metric, currency == null ? null : currency.code(), values.group());
        return new Series(name, measure, metric, currency, values.group(), points);
    }

    private static @Nullable BigDecimal growth(@Nullable Fraction former, @Nullable Fraction current) {
        Fraction growth =
                former == null || current == null ? null : current.minus(former).over(former.abs());
        return growth == null ? null : RevenueNumbers.fraction(growth);
    }

    private static BigDecimal shown(Measure measure, Metric metric, @Nullable Currency currency, Fraction exact) {
        if (metric == Metric.COUNT) {
            return exact.rounded(0, RoundingMode.UNNECESSARY);
        }
        return switch (measure.unit()) {
            case MONEY -> exact.rounded(currency == null ? 0 : currency.scale(), RoundingMode.HALF_EVEN);
            case COUNT -> exact.rounded(0, RoundingMode.HALF_EVEN);
            case FRACTION, NUMBER -> RevenueNumbers.fraction(exact);
        };
    }
}
