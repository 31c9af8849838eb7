package dev.matrix.analytics;

import dev.matrix.analytics.spi.FactCell;
import dev.matrix.analytics.spi.FactColumn;
import dev.matrix.analytics.spi.FactFilter;
import dev.matrix.analytics.spi.FactFilter.ColumnFilter;
import dev.matrix.analytics.spi.FactKind;
import dev.matrix.analytics.spi.FactQuery;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads facts by the terms of a query: its scope, filters and groups as columns and numbers. */
record FlowReader(AnalyticsStores stores) {

    /** What facts can be grouped and filtered by. */
    static final List<Dimension> DIMENSIONS =
            List.of(Dimension.CURRENCY, Dimension.PARTNER, Dimension.METER, Dimension.RESOURCE_KIND);

    private static final int NOBODY = -1;

    /** What of a query is by currency code, which is no column with numbers. */
    private record Wanted(FactFilter filter, List<Filter> currencies) {

        boolean accepts(String currency) {
            return currencies.stream().allMatch(filter -> filter.accepts(currency.isEmpty() ? Segment.NONE : currency));
        }
    }

    private static FactColumn column(Dimension dimension) {
        if (dimension.equals(Dimension.PARTNER)) {
            return FactColumn.PARTNER;
        }
        if (dimension.equals(Dimension.METER)) {
            return FactColumn.METER;
        }
        if (dimension.equals(Dimension.RESOURCE_KIND)) {
            return FactColumn.RESOURCE_KIND;
        }
        throw new InvalidRequestException("What is used and paid has no dimension " + dimension + "; it has "
                + DIMENSIONS + ". Ask for " + dimension + " in a report of MRR alone.");
    }

    /** The filter of facts that a query is about, within a span of time. */
    FactFilter filter(Tx tx, Frame frame, Set<FactKind> kinds, Instant from, Instant to) {
        return wanted(tx, frame, kinds, from, to).filter();
    }

    private Wanted wanted(Tx tx, Frame frame, Set<FactKind> kinds, Instant from, Instant to) {
        Set<String> words = new HashSet<>();
        frame.query().filters().forEach(filter -> words.addAll(filter.values()));
        if (frame.query().scope() instanceof Scope.Of of) {
            words.add(Segment.value(of.owner().id()));
        }
        Map<String, Integer> names = stores.directory().nameNumbers(tx, words);
        List<ColumnFilter> columns = new ArrayList<>();
        List<Filter> currencies = new ArrayList<>();
        if (frame.query().scope() instanceof Scope.Of of) {
            columns.add(scope(tx, of.owner(), names));
        }
        for (Filter filter : frame.query().filters()) {
            if (filter.dimension().equals(Dimension.CURRENCY)) {
                currencies.add(filter);
            } else {
                Set<Integer> numbers = filter.values().stream()
                        .map(value -> value.equals(Segment.NONE) ? 0 : names.getOrDefault(value, NOBODY))
                        .collect(Collectors.toSet());
                columns.add(new ColumnFilter(column(filter.dimension()), filter.in(), numbers));
            }
        }
        return new Wanted(new FactFilter(kinds, from, to, frame.recordedBefore(), columns), currencies);
    }

    private ColumnFilter scope(Tx tx, Owner owner, Map<String, Integer> names) {
        if (owner.type() == Owner.Type.PARTNER) {
            return new ColumnFilter(
                    FactColumn.PARTNER, true, Set.of(names.getOrDefault(Segment.value(owner.id()), NOBODY)));
        }
        int number = stores.directory().customers(tx, List.of(owner)).getOrDefault(owner, NOBODY);
        return new ColumnFilter(FactColumn.CUSTOMER, true, Set.of(number));
    }

    /** The facts of a frame, by currency and group. */
    List<FlowLine> lines(Tx tx, Frame frame, Set<FactKind> kinds, boolean distinct) {
        List<Instant> edges = edges(frame);
        Wanted wanted = wanted(tx, frame, kinds, edges.get(0), edges.get(edges.size() - 1));
        List<Dimension> groupBy = frame.query().groupBy();
        Set<FactColumn> columns = new HashSet<>();
        groupBy.stream()
                .filter(dimension -> !dimension.equals(Dimension.CURRENCY))
                .forEach(dimension -> columns.add(column(dimension)));
        List<FactCell> cells = new ArrayList<>();
        Set<Integer> numbers = new HashSet<>();
        stores.facts().aggregate(tx, new FactQuery(wanted.filter(), edges, columns, distinct), cell -> {
            if (wanted.accepts(cell.currency())) {
                cells.add(cell);
                columns.forEach(column -> numbers.add(number(column, cell)));
            }
        });
        Map<Integer, String> names =
                numbers.isEmpty() ? Map.of() : stores.directory().names(tx, numbers);
        Map<String, FlowLine> lines = new TreeMap<>();
        for (FactCell cell : cells) {
            Map<String, String> group = group(groupBy, cell, names);
            lines.computeIfAbsent(
                            cell.currency() + "\n" + String.join("\n", group.values()),
                            key -> FlowLine.empty(
                                    cell.currency(), group, frame.buckets().size()))
                    .tallies()
                    .get(cell.bucket())
                    .add(cell);
        }
        return List.copyOf(lines.values());
    }

    private static Map<String, String> group(List<Dimension> groupBy, FactCell cell, Map<Integer, String> names) {
        Map<String, String> group = new LinkedHashMap<>();
        for (Dimension dimension : groupBy) {
            group.put(
                    dimension.name(),
                    dimension.equals(Dimension.CURRENCY)
                            ? cell.currency().isEmpty() ? Segment.NONE : cell.currency()
                            : name(names, number(column(dimension), cell)));
        }
        return Collections.unmodifiableMap(group);
    }

    private static String name(Map<Integer, String> names, int number) {
        return number == 0 ? Segment.NONE : names.getOrDefault(number, Segment.OTHER);
    }

    private static int number(FactColumn column, FactCell cell) {
        return switch (column) {
            case METER -> cell.meter();
            case PARTNER -> cell.partner();
            case RESOURCE_KIND -> cell.resourceKind();
            case CUSTOMER -> cell.customer();
        };
    }

    static List<Instant> edges(Frame frame) {
        List<Instant> edges = new ArrayList<>();
        frame.buckets().forEach(bucket -> edges.add(bucket.from()));
        edges.add(frame.window().to());
        return edges;
    }
}
