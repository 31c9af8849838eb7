package dev.matrix.analytics;

import dev.matrix.analytics.Timelines.Step;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.spi.Tx;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The customers behind the movements of a report: its rows, one level down. Thread-safe. */
record MrrActivities(
        AnalyticsStores stores, Settings settings, ReportReader reader, Versions versions, Currencies currencies) {

    private static final int CUSTOMERS_AT_ONCE = 200;
    private static final Map<Measure, Movement> MOVEMENTS = new EnumMap<>(Map.of(
            Measure.NEW_MRR, Movement.NEW,
            Measure.REACTIVATION_MRR, Movement.REACTIVATION,
            Measure.EXPANSION_MRR, Movement.EXPANSION,
            Measure.CONTRACTION_MRR, Movement.CONTRACTION,
            Measure.CHURN_MRR, Movement.CHURN));

    private record Cell(int bucket, Movement movement, String currency) implements Comparable<Cell> {

        @Override
        public int compareTo(Cell other) {
            int byBucket = Integer.compare(bucket, other.bucket);
            int byMovement = byBucket != 0 ? byBucket : movement.compareTo(other.movement);
            return byMovement != 0 ? byMovement : currency.compareTo(other.currency);
        }
    }

    /** Where a page begins: after how many rows of which customer. */
    private record Cursor(int customer, int rows) {

        static Cursor of(@Nullable String text) {
            if (text == null) {
                return new Cursor(0, 0);
            }
            if (!text.matches("[0-9]{1,9}-[0-9]{1,9}")) {
                throw new InvalidRequestException(
                        "The cursor '" + text + "' isn't one of this list. Start without one.");
            }
            String[] parts = text.split("-", 2);
            return new Cursor(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }

        String text() {
            return customer + "-" + rows;
        }
    }

    /** A page by customer, then bucket; the query's measures say which movements, none: all but transfers. */
    Page<MrrActivity> page(Tx tx, Frame frame, PageRequest request) {
        Set<Movement> movements = movements(frame.query().measures());
        List<Filter> filters = reader.filters(frame.query());
        Cursor cursor = Cursor.of(request.cursor());
        List<MrrActivity> items = new ArrayList<>();
        int after = Math.max(0, cursor.customer() - 1);
        int skip = cursor.rows();
        int first = cursor.customer();
        while (true) {
            Map<Integer, List<SubscriptionVersion>> some =
                    customers(tx, frame.query().scope(), after);
            if (some.isEmpty()) {
                return new Page<>(items, null);
            }
            Map<Integer, Owner> owners = stores.directory().owners(tx, some.keySet());
            for (Map.Entry<Integer, List<SubscriptionVersion>> customer : some.entrySet()) {
                after = customer.getKey();
                Owner owner = owners.get(after);
                List<MrrActivity> own =
                        owner == null ? List.of() : rows(frame, owner, customer.getValue(), movements, filters);
                int from = after == first ? Math.min(skip, own.size()) : 0;
                int room = request.limit() - items.size();
                if (own.size() - from > room) {
                    items.addAll(own.subList(from, from + room));
                    return new Page<>(items, new Cursor(after, from + room).text());
                }
                items.addAll(own.subList(from, own.size()));
            }
            if (isOne(frame.query().scope())) {
                return new Page<>(items, null);
            }
        }
    }

    private static boolean isOne(Scope scope) {
        return scope instanceof Scope.Of of && of.owner().type() == Owner.Type.USER;
    }

    private Map<Integer, List<SubscriptionVersion>> customers(Tx tx, Scope scope, int after) {
        if (scope instanceof Scope.Of of && isOne(scope)) {
            return versions.byCustomer(stores.timelines()
                    .versions(
                            tx,
                            stores.directory()
                                    .customers(tx, List.of(of.owner()))
                                    .values()));
        }
        return versions.byCustomer(stores.timelines().scan(tx, after, CUSTOMERS_AT_ONCE));
    }

    private static Set<Movement> movements(Set<Measure> measures) {
        if (measures.isEmpty()) {
            return EnumSet.copyOf(MOVEMENTS.values());
        }
        Set<Movement> movements = EnumSet.noneOf(Movement.class);
        for (Measure measure : measures) {
            Movement movement = MOVEMENTS.get(measure);
            if (movement == null) {
                throw new InvalidRequestException(
                        "Customers stand behind " + MOVEMENTS.keySet() + ", not behind " + measure + ".");
            }
            movements.add(movement);
        }
        return movements;
    }

    private List<MrrActivity> rows(
            Frame frame, Owner owner, List<SubscriptionVersion> all, Set<Movement> movements, List<Filter> filters) {
        List<SubscriptionVersion> known = all.stream()
                .filter(version -> version.recordedAt().isBefore(frame.recordedBefore()))
                .collect(Collectors.toCollection(ArrayList::new));
        if (known.isEmpty()) {
            return List.of();
        }
        List<Step> steps = settings.timelines().of(known);
        List<Instant> edges = FlowReader.edges(frame);
        Map<Cell, BigInteger> cells = new TreeMap<>();
        new Movements(settings.policy())
                .of(steps, Calendar.over(frame.buckets()), (start, slice, movement, amounts) -> {
                    int bucket = SubscriptionFates.bucket(edges, start);
                    boolean wanted = bucket >= 0
                            && bucket < frame.buckets().size()
                            && movements.contains(movement)
                            && filters.stream()
                                    .allMatch(filter -> filter.accepts(
                                            slice.segment().values().get(reader.place(filter.dimension()))));
                    if (wanted) {
                        cells.merge(new Cell(bucket, movement, slice.currency()), amounts.parts(), BigInteger::add);
                    }
                });
        List<MrrActivity> rows = new ArrayList<>();
        cells.forEach((cell, parts) -> {
            if (parts.signum() != 0) {
                rows.add(row(frame, owner, cell, parts, last(steps, edges.get(cell.bucket() + 1)), known));
            }
        });
        return rows;
    }

    /** Whether terms say that something happens at an instant: that they begin, or the subscription ends. */
    private static boolean isToldBy(Instant at, Terms terms) {
        return at.equals(terms.state().effectiveAt())
                || at.equals(terms.endsAt())
                || at.equals(terms.state().endedAt())
                || at.equals(terms.state().cancelAt());
    }

    private static Step last(List<Step> steps, Instant before) {
        Step last = steps.get(0);
        for (Step step : steps) {
            if (step.from().isBefore(before)) {
                last = step;
            }
        }
        return last;
    }

    private MrrActivity row(
            Frame frame, Owner owner, Cell cell, BigInteger parts, Step last, List<SubscriptionVersion> known) {
        Currency currency = currencies
                .find(cell.currency())
                .orElseThrow(() -> new Unprocessable("There is MRR in " + cell.currency()
                        + ", which this Matrix doesn't know any more. Register it in Currencies.builder()."));
        boolean loss = cell.movement() == Movement.CONTRACTION || cell.movement() == Movement.CHURN;
        BigDecimal amount = Mrr.units(loss ? parts.negate() : parts, currency.scale())
                .rounded(currency.scale(), RoundingMode.HALF_EVEN);
        String eventId = known.stream()
                .filter(version -> isToldBy(last.from(), version.terms()))
                .max(SubscriptionVersion.ORDER)
                .map(SubscriptionVersion::eventId)
                .orElse(null);
        return new MrrActivity(
                owner,
                frame.buckets().get(cell.bucket()).label(),
                cell.movement(),
                amount,
                currency,
                last.from(),
                eventId);
    }
}
