package dev.matrix.analytics;

import dev.matrix.analytics.spi.RollupRow;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Computes rollups from the versions of all subscriptions, to compare them with what is stored or to replace that. Both hold back
 * whoever adds to the rollups until they are done, so that they see every version or none of its effects; readers aren't held back
 * and see the former rollups until a rebuild commits.
 */
record Upkeep(AnalyticsStores stores, Settings settings, Versions versions) {

    /** All buckets that there can be. */
    static final Window ALL = new Window(Instant.parse("1900-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59Z"));

    private static final int CUSTOMERS_AT_ONCE = 500;
    private static final int ROWS_AT_ONCE = 5_000;
    private static final int MOST_DISCREPANCIES = 1_000;

    /** Calls for each customer with all of its versions, by number. */
    long eachCustomer(Tx tx, Consumer<List<SubscriptionVersion>> sink) {
        long customers = 0;
        int after = 0;
        while (true) {
            Map<Integer, List<SubscriptionVersion>> page =
                    versions.byCustomer(stores.timelines().scan(tx, after, CUSTOMERS_AT_ONCE));
            if (page.isEmpty()) {
                return customers;
            }
            for (Map.Entry<Integer, List<SubscriptionVersion>> customer : page.entrySet()) {
                sink.accept(customer.getValue());
                after = customer.getKey();
                customers++;
            }
        }
    }

    /** Replaces the rollups of buckets that begin in a window. */
    RebuildResult rebuild(Tx tx, Window window) {
        Map<CellKey, Amounts> cells = new TreeMap<>();
        long customers = compute(tx, window, cells);
        stores.rollups().delete(tx, window.from(), window.to());
        List<RollupRow> rows = rows(tx, cells);
        for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
            stores.rollups().add(tx, rows.subList(from, Math.min(rows.size(), from + ROWS_AT_ONCE)));
        }
        return new RebuildResult(customers, rows.size());
    }

    private long compute(Tx tx, Window window, Map<CellKey, Amounts> cells) {
        CustomerCells computed = settings.cells();
        return eachCustomer(
                tx,
                own -> computed.of(own, LocalDate.MIN).forEach((key, amounts) -> {
                    if (!key.bucket().isBefore(window.from()) && key.bucket().isBefore(window.to())) {
                        cells.merge(key, amounts, Amounts::plus);
                    }
                }));
    }

    private List<RollupRow> rows(Tx tx, Map<CellKey, Amounts> cells) {
        Set<Segment> segments =
                cells.keySet().stream().map(key -> key.slice().segment()).collect(Collectors.toSet());
        return RollupRows.numbering(
                        tx, stores.directory(), segments, settings.dimensions().size())
                .of(cells);
    }

    /** At most 1,000 rollups of a window that aren't what a rebuild would make. */
    List<Discrepancy> verify(Tx tx, Window window) {
        Map<CellKey, Amounts> cells = new TreeMap<>();
        compute(tx, window, cells);
        Map<String, String> expected = new TreeMap<>();
        rows(tx, cells).forEach(row -> expected.put(key(row), amounts(row)));
        List<Discrepancy> discrepancies = new ArrayList<>();
        stores.rollups().rows(tx, window.from(), window.to(), row -> {
            String computed = expected.remove(key(row));
            String wanted = computed == null ? NOTHING : computed;
            if (!amounts(row).equals(wanted)) {
                add(discrepancies, new Discrepancy(key(row), amounts(row), wanted));
            }
        });
        expected.forEach((key, amounts) -> add(discrepancies, new Discrepancy(key, NOTHING, amounts)));
        return List.copyOf(discrepancies);
    }

    private static void add(List<Discrepancy> all, Discrepancy more) {
        if (all.size() < MOST_DISCREPANCIES) {
            all.add(more);
        }
    }

    private static final String NOTHING = "0 parts, 0 customers, 0 payers";

    private static String amounts(RollupRow row) {
        return row.parts() + " parts, " + row.customers() + " customers, " + row.payers() + " payers";
    }

    private static String key(RollupRow row) {
        return "zone " + row.zone() + ", " + row.range() + " " + row.bucket() + ", recorded " + row.recordedDay()
                + ", segment " + row.segment() + ", " + row.currency() + ", " + row.movement();
    }
}
