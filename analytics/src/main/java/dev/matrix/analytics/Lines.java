package dev.matrix.analytics;

import dev.matrix.analytics.ReportReader.Entry;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Adds the entries of a report up by currency and group. */
final class Lines {

    private record Key(String currency, List<String> group) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int byCurrency = currency.compareTo(other.currency);
            return byCurrency != 0 ? byCurrency : String.join("\n", group).compareTo(String.join("\n", other.group));
        }
    }

    private final List<Dimension> groupBy;
    private final int buckets;
    private final Currencies currencies;

    Lines(List<Dimension> groupBy, int buckets, Currencies currencies) {
        this.groupBy = groupBy;
        this.buckets = buckets;
        this.currencies = currencies;
    }

    /**
     * The lines, by currency, then by group.
     *
     * @param places the places of the dimensions in segments
     */
    List<Line> of(List<Entry> entries, List<Integer> places) {
        Map<Key, Line> lines = new TreeMap<>();
        for (Entry entry : entries) {
            List<String> group = places.stream()
                    .map(place -> entry.segment().values().get(place))
                    .toList();
            Currency currency = currencies
                    .find(entry.currency())
                    .orElseThrow(() -> new Unprocessable("There is MRR in " + entry.currency()
                            + ", which this Matrix doesn't know any more. Register it in Currencies.builder()."));
            lines.computeIfAbsent(new Key(entry.currency(), group), key -> new Line(currency, named(group), buckets))
                    .add(entry, currency.scale());
        }
        lines.values().forEach(Line::close);
        // A group that had nothing all the time isn't shown; a currency that once had something is.
        return lines.values().stream()
                .filter(line -> groupBy.isEmpty() || !line.isEmpty())
                .toList();
    }

    private Map<String, String> named(List<String> group) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < group.size(); i++) {
            named.put(groupBy.get(i).name(), group.get(i));
        }
        return Collections.unmodifiableMap(named);
    }

    /** One line per group, in one currency. */
    List<Line> converted(List<Line> lines, Currency target, Function<Currency, IntFunction<Fraction>> rates) {
        return merged(lines, target, (sum, line) -> {
            Currency own = line.currency;
            if (own != null) {
                sum.addConverted(line, rates.apply(own));
            }
            sum.addHeads(line);
        });
    }

    /** One line per group, of heads alone. */
    List<Line> heads(List<Line> lines) {
        return merged(lines, null, Line::addHeads);
    }

    private List<Line> merged(List<Line> lines, @Nullable Currency currency, BiConsumer<Line, Line> adding) {
        Map<List<String>, Line> merged = new LinkedHashMap<>();
        for (Line line : lines) {
            Line sum = merged.computeIfAbsent(
                    List.copyOf(line.group.values()), group -> new Line(currency, line.group, buckets));
            adding.accept(sum, line);
        }
        return List.copyOf(merged.values());
    }

    /** The groups that pay most at the end, in each currency; the others as one. */
    List<Line> top(List<Line> lines, int groups) {
        Map<String, List<Line>> byCurrency = new TreeMap<>();
        lines.forEach(line -> byCurrency
                .computeIfAbsent(line.currency == null ? "" : line.currency.code(), code -> new ArrayList<>())
                .add(line));
        Set<Map<String, String>> kept = new HashSet<>();
        byCurrency
                .values()
                .forEach(all -> all.stream()
                        .sorted(Comparator.comparing((Line line) -> line.balance[buckets])
                                .reversed()
                                .thenComparing(line -> String.join("\n", line.group.values())))
                        .limit(groups)
                        .forEach(line -> kept.add(line.group)));
        if (lines.stream().allMatch(line -> kept.contains(line.group))) {
            return lines;
        }
        Map<String, String> others = named(Collections.nCopies(groupBy.size(), Segment.OTHER));
        List<Line> top = new ArrayList<>();
        Map<String, Line> rest = new TreeMap<>();
        for (Line line : lines) {
            if (kept.contains(line.group) && !line.group.equals(others)) {
                top.add(line);
            } else {
                Line sum = rest.computeIfAbsent(
                        line.currency == null ? "" : line.currency.code(),
                        code -> new Line(line.currency, others, buckets));
                sum.addConverted(line, edge -> Fraction.of(1));
                sum.addHeads(line);
            }
        }
        top.addAll(rest.values());
        return top;
    }
}
