package dev.matrix.analytics.spi;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds up facts in Java, as a {@link FactQuery} says: what every store's answer equals. Not thread-safe. */
public final class FactCells {

    private record Key(int bucket, FactKind kind, String currency, int meter, int partner, int resourceKind, int who) {}

    private static final class Sum {
        private long count;
        private BigInteger amount = BigInteger.ZERO;
        private BigDecimal quantity = BigDecimal.ZERO.setScale(Fact.QUANTITY_DECIMALS);
        private @Nullable BigDecimal leastQuantity;
        private @Nullable BigDecimal mostQuantity;
        private @Nullable BigInteger leastAmount;
        private @Nullable BigInteger mostAmount;
        private long timed;
        private long millis;
        private long succeeded;
        private long failed;
        private final Set<Integer> customers = new HashSet<>();
        private Instant firstRecorded = Instant.MAX;
        private Instant lastRecorded = Instant.MIN;

        private void add(Fact fact, boolean distinct) {
            count++;
            amount = amount.add(fact.amount());
            quantity = quantity.add(fact.quantity());
            if (!fact.corrected()) {
                leastQuantity = leastQuantity == null ? fact.quantity() : leastQuantity.min(fact.quantity());
                mostQuantity = mostQuantity == null ? fact.quantity() : mostQuantity.max(fact.quantity());
            }
            leastAmount = leastAmount == null ? fact.amount() : leastAmount.min(fact.amount());
            mostAmount = mostAmount == null ? fact.amount() : mostAmount.max(fact.amount());
            Long duration = fact.durationMillis();
            if (duration != null) {
                timed++;
                millis += duration;
            }
            Boolean success = fact.success();
            if (success != null) {
                succeeded += success ? 1 : 0;
                failed += success ? 0 : 1;
            }
            if (distinct) {
                customers.add(fact.customer());
            }
            firstRecorded = fact.recordedAt().isBefore(firstRecorded) ? fact.recordedAt() : firstRecorded;
            lastRecorded = fact.recordedAt().isAfter(lastRecorded) ? fact.recordedAt() : lastRecorded;
        }
    }

    private final FactQuery query;
    private final Instant[] edges;
    private final Map<Key, Sum> sums = new HashMap<>();

    public FactCells(FactQuery query) {
        this.query = query;
        this.edges = query.edges().toArray(Instant[]::new);
    }

    /** Counts a fact, if the query does. */
    public void add(Fact fact) {
        if (!query.filter().accepts(fact)) {
            return;
        }
        int at = Arrays.binarySearch(edges, fact.occurredAt());
        int bucket = at >= 0 ? at : -at - 2;
        if (bucket < 0 || bucket >= edges.length - 1) {
            return;
        }
        Key key = new Key(
                bucket,
                fact.kind(),
                fact.currency(),
                number(FactColumn.METER, fact),
                number(FactColumn.PARTNER, fact),
                number(FactColumn.RESOURCE_KIND, fact),
                number(FactColumn.CUSTOMER, fact));
        sums.computeIfAbsent(key, any -> new Sum()).add(fact, query.distinctCustomers());
    }

    private int number(FactColumn column, Fact fact) {
        return query.groupBy().contains(column) ? column.of(fact) : 0;
    }

    /** All cells, in any order. */
    public List<FactCell> cells() {
        return sums.entrySet().stream()
                .map(each -> cell(each.getKey(), each.getValue()))
                .toList();
    }

    private static FactCell cell(Key key, Sum sum) {
        return new FactCell(
                key.bucket(),
                key.kind(),
                key.currency(),
                key.meter(),
                key.partner(),
                key.resourceKind(),
                key.who(),
                sum.count,
                sum.amount,
                sum.quantity,
                sum.leastQuantity,
                sum.mostQuantity,
                sum.leastAmount == null ? BigInteger.ZERO : sum.leastAmount,
                sum.mostAmount == null ? BigInteger.ZERO : sum.mostAmount,
                sum.timed,
                sum.millis,
                sum.succeeded,
                sum.failed,
                sum.customers.size(),
                sum.firstRecorded,
                sum.lastRecorded);
    }
}
