package dev.matrix.analytics.jooq;

import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_ANALYTICS_FACT;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.values;
import static org.jooq.impl.DSL.when;

import dev.matrix.analytics.spi.Fact;
import dev.matrix.analytics.spi.FactCell;
import dev.matrix.analytics.spi.FactColumn;
import dev.matrix.analytics.spi.FactFilter;
import dev.matrix.analytics.spi.FactKey;
import dev.matrix.analytics.spi.FactKind;
import dev.matrix.analytics.spi.FactQuery;
import dev.matrix.analytics.spi.FactStore;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.PostgresBatch;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Row3;
import org.jooq.SelectField;
import org.jspecify.annotations.Nullable;

/** {@link FactStore} in table {@code matrix_analytics_fact}. */
final class JooqFactStore implements FactStore {

    private static final int AT_ONCE = 1_000;
    private static final int EDGES_AT_ONCE = 400;
    private static final short SUCCEEDED = 1;
    private static final short FAILED = 2;

    private static final Field<Integer> BUCKET = field(name("e", "bucket_no"), Integer.class);
    private static final Field<Long> FROM = field(name("e", "from_us"), Long.class);
    private static final Field<Long> TO = field(name("e", "to_us"), Long.class);

    private static final String INSERT = """
            insert into matrix_analytics_fact (kind, customer_no, fact_key, event_id, occurred_us, recorded_us, meter_no,
              partner_no, resource_kind_no, currency, amount, quantity, ref_id, resource_id, duration_ms, success, waste_no,
              corrected)
            select kind, customer_no, fact_key, event_id, occurred_us, recorded_us, meter_no, partner_no, resource_kind_no,
              currency, amount::numeric, quantity::numeric, ref_id, resource_id, duration_ms, success, waste_no, corrected
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as n (kind, customer_no, fact_key, event_id,
              occurred_us, recorded_us, meter_no, partner_no, resource_kind_no, currency, amount, quantity, ref_id,
              resource_id, duration_ms, success, waste_no, corrected)
            on conflict do nothing
            returning kind, customer_no, fact_key
            """;

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static short success(Fact fact) {
        Boolean success = fact.success();
        return success == null ? 0 : success ? SUCCEEDED : FAILED;
    }

    private static short corrected(Fact fact) {
        return (short) (fact.corrected() ? 1 : 0);
    }

    @Override
    public List<Fact> append(Tx tx, List<Fact> facts) {
        JooqTx own = JooqTx.of(tx);
        Set<FactKey> inserted = switch (own.database()) {
            case POSTGRESQL -> insertAtOnce(own, facts);
            case H2 -> insert(own, facts);
        };
        List<Fact> changed = new ArrayList<>();
        List<Fact> known = new ArrayList<>();
        facts.forEach(fact -> (inserted.contains(fact.key()) ? changed : known).add(fact));
        if (!known.isEmpty()) {
            List<Fact> stored = find(tx, known.stream().map(Fact::key).toList());
            for (Fact former : stored) {
                Fact now = known.stream()
                        .filter(fact -> fact.key().equals(former.key()))
                        .findFirst()
                        .map(former::merged)
                        .orElseThrow();
                if (!now.equals(former)) {
                    replace(own, now);
                    changed.add(now);
                }
            }
        }
        return changed;
    }

    private static Set<FactKey> insertAtOnce(JooqTx tx, List<Fact> facts) {
        PostgresBatch.Parameters parameters =
                batch -> batch.shorts(facts, fact -> (short) fact.kind().code())
                        .ints(facts, Fact::customer)
                        .texts(facts, fact -> fact.key().key())
                        .texts(facts, Fact::eventId)
                        .instants(facts, Fact::occurredAt)
                        .instants(facts, Fact::recordedAt)
                        .ints(facts, Fact::meter)
                        .ints(facts, Fact::partner)
                        .ints(facts, Fact::resourceKind)
                        .texts(facts, Fact::currency)
                        .decimals(facts, fact -> new BigDecimal(fact.amount()))
                        .decimals(facts, Fact::quantity)
                        .texts(facts, Fact::refId)
                        .texts(facts, Fact::resourceId)
                        .longs(facts, Fact::durationMillis)
                        .shorts(facts, JooqFactStore::success)
                        .ints(facts, Fact::waste)
                        .shorts(facts, JooqFactStore::corrected);
        return new HashSet<>(PostgresBatch.fetch(
                tx,
                INSERT,
                parameters,
                row -> new FactKey(FactKind.of(row.getShort(1)), row.getInt(2), row.getString(3))));
    }

    private static Set<FactKey> insert(JooqTx tx, List<Fact> facts) {
        Set<FactKey> inserted = new HashSet<>();
        for (Fact fact : facts) {
            int rows = tx.insertIfAbsent(insertInto(MATRIX_ANALYTICS_FACT)
                    .set(MATRIX_ANALYTICS_FACT.KIND, (short) fact.kind().code())
                    .set(MATRIX_ANALYTICS_FACT.CUSTOMER_NO, fact.customer())
                    .set(MATRIX_ANALYTICS_FACT.FACT_KEY, fact.key().key())
                    .set(content(fact)));
            if (rows == 1) {
                inserted.add(fact.key());
            }
        }
        return inserted;
    }

    /** All columns except the key's. */
    private static Map<Field<?>, @Nullable Object> content(Fact fact) {
        Map<Field<?>, @Nullable Object> content = new LinkedHashMap<>();
        content.put(MATRIX_ANALYTICS_FACT.EVENT_ID, fact.eventId());
        content.put(MATRIX_ANALYTICS_FACT.OCCURRED_US, micros(fact.occurredAt()));
        content.put(MATRIX_ANALYTICS_FACT.RECORDED_US, micros(fact.recordedAt()));
        content.put(MATRIX_ANALYTICS_FACT.METER_NO, fact.meter());
        content.put(MATRIX_ANALYTICS_FACT.PARTNER_NO, fact.partner());
        content.put(MATRIX_ANALYTICS_FACT.RESOURCE_KIND_NO, fact.resourceKind());
        content.put(MATRIX_ANALYTICS_FACT.CURRENCY, fact.currency());
        content.put(MATRIX_ANALYTICS_FACT.AMOUNT, fact.amount());
        content.put(MATRIX_ANALYTICS_FACT.QUANTITY, fact.quantity());
        content.put(MATRIX_ANALYTICS_FACT.REF_ID, fact.refId());
        content.put(MATRIX_ANALYTICS_FACT.RESOURCE_ID, fact.resourceId());
        content.put(MATRIX_ANALYTICS_FACT.DURATION_MS, fact.durationMillis());
        content.put(MATRIX_ANALYTICS_FACT.SUCCESS, success(fact));
        content.put(MATRIX_ANALYTICS_FACT.WASTE_NO, fact.waste());
        content.put(MATRIX_ANALYTICS_FACT.CORRECTED, corrected(fact));
        return content;
    }

    private static void replace(JooqTx tx, Fact fact) {
        tx.dsl()
                .update(MATRIX_ANALYTICS_FACT)
                .set(content(fact))
                .where(MATRIX_ANALYTICS_FACT.KIND.eq((short) fact.kind().code()))
                .and(MATRIX_ANALYTICS_FACT.CUSTOMER_NO.eq(fact.customer()))
                .and(MATRIX_ANALYTICS_FACT.FACT_KEY.eq(fact.key().key()))
                .execute();
    }

    private static Fact fact(Record row) {
        short success = row.get(MATRIX_ANALYTICS_FACT.SUCCESS);
        FactKey key = new FactKey(
                FactKind.of(row.get(MATRIX_ANALYTICS_FACT.KIND)),
                row.get(MATRIX_ANALYTICS_FACT.CUSTOMER_NO),
                row.get(MATRIX_ANALYTICS_FACT.FACT_KEY));
        return Fact.builder(
                        key,
                        row.get(MATRIX_ANALYTICS_FACT.EVENT_ID),
                        instant(row.get(MATRIX_ANALYTICS_FACT.OCCURRED_US)),
                        instant(row.get(MATRIX_ANALYTICS_FACT.RECORDED_US)))
                .meter(row.get(MATRIX_ANALYTICS_FACT.METER_NO))
                .partner(row.get(MATRIX_ANALYTICS_FACT.PARTNER_NO))
                .resourceKind(row.get(MATRIX_ANALYTICS_FACT.RESOURCE_KIND_NO))
                .amount(row.get(MATRIX_ANALYTICS_FACT.CURRENCY), row.get(MATRIX_ANALYTICS_FACT.AMOUNT))
                .quantity(row.get(MATRIX_ANALYTICS_FACT.QUANTITY))
                .refId(row.get(MATRIX_ANALYTICS_FACT.REF_ID))
                .resourceId(row.get(MATRIX_ANALYTICS_FACT.RESOURCE_ID))
                .durationMillis(row.get(MATRIX_ANALYTICS_FACT.DURATION_MS))
                .success(success == 0 ? null : success == SUCCEEDED)
                .waste(row.get(MATRIX_ANALYTICS_FACT.WASTE_NO))
                .corrected(row.get(MATRIX_ANALYTICS_FACT.CORRECTED) != 0)
                .build();
    }

    @Override
    public List<Fact> find(Tx tx, Collection<FactKey> keys) {
        List<Fact> found = new ArrayList<>();
        List<FactKey> all = List.copyOf(new HashSet<>(keys));
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            found.addAll(JooqTx.of(tx)
                    .dsl()
                    .selectFrom(MATRIX_ANALYTICS_FACT)
                    .where(row(
                                    MATRIX_ANALYTICS_FACT.KIND,
                                    MATRIX_ANALYTICS_FACT.CUSTOMER_NO,
                                    MATRIX_ANALYTICS_FACT.FACT_KEY)
                            .in(all.subList(from, Math.min(all.size(), from + AT_ONCE)).stream()
                                    .map(key -> row((short) key.kind().code(), key.customer(), key.key()))
                                    .toList()))
                    .fetch(JooqFactStore::fact));
        }
        return found;
    }

    @Override
    public List<Fact> referring(Tx tx, FactKind kind, Collection<String> refIds) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_ANALYTICS_FACT)
                .where(MATRIX_ANALYTICS_FACT.KIND.eq((short) kind.code()))
                .and(MATRIX_ANALYTICS_FACT.REF_ID.in(refIds))
                .fetch(JooqFactStore::fact);
    }

    @Override
    public Set<String> known(Tx tx, Collection<String> eventIds) {
        return JooqTx.of(tx)
                .dsl()
                .selectDistinct(MATRIX_ANALYTICS_FACT.EVENT_ID)
                .from(MATRIX_ANALYTICS_FACT)
                .where(MATRIX_ANALYTICS_FACT.EVENT_ID.in(eventIds))
                .fetchSet(MATRIX_ANALYTICS_FACT.EVENT_ID);
    }

    private static Field<Integer> column(FactColumn column) {
        return switch (column) {
            case METER -> MATRIX_ANALYTICS_FACT.METER_NO;
            case PARTNER -> MATRIX_ANALYTICS_FACT.PARTNER_NO;
            case RESOURCE_KIND -> MATRIX_ANALYTICS_FACT.RESOURCE_KIND_NO;
            case CUSTOMER -> MATRIX_ANALYTICS_FACT.CUSTOMER_NO;
        };
    }

    private static Condition condition(FactFilter filter) {
        Condition condition = MATRIX_ANALYTICS_FACT
                .KIND
                .in(filter.kinds().stream()
                        .map(kind -> (short) kind.code())
                        .sorted()
                        .toList())
                .and(MATRIX_ANALYTICS_FACT.OCCURRED_US.ge(micros(filter.from())))
                .and(MATRIX_ANALYTICS_FACT.OCCURRED_US.lt(micros(filter.to())))
                .and(
                        filter.recordedBefore().equals(FactFilter.ALWAYS)
                                ? noCondition()
                                : MATRIX_ANALYTICS_FACT.RECORDED_US.lt(micros(filter.recordedBefore())));
        for (FactFilter.ColumnFilter each : filter.columns()) {
            Field<Integer> column = column(each.column());
            condition = condition.and(each.in() ? column.in(each.numbers()) : column.notIn(each.numbers()));
        }
        return condition;
    }

    @Override
    public void aggregate(Tx tx, FactQuery query, Consumer<FactCell> sink) {
        int buckets = query.edges().size() - 1;
        for (int from = 0; from < buckets; from += EDGES_AT_ONCE) {
            aggregate(JooqTx.of(tx), query, from, Math.min(buckets, from + EDGES_AT_ONCE), sink);
        }
    }

    private static void aggregate(JooqTx tx, FactQuery query, int from, int to, Consumer<FactCell> sink) {
        @SuppressWarnings({"unchecked", "rawtypes"})
        Row3<Integer, Long, Long>[] edges = new Row3[to - from];
        for (int i = from; i < to; i++) {
            edges[i - from] = row(
                    inline(i),
                    inline(micros(query.edges().get(i))),
                    inline(micros(query.edges().get(i + 1))));
        }
        List<Field<?>> groups =
                new ArrayList<>(List.of(BUCKET, MATRIX_ANALYTICS_FACT.KIND, MATRIX_ANALYTICS_FACT.CURRENCY));
        query.groupBy().forEach(column -> groups.add(column(column)));
        try (Stream<? extends Record> rows = tx.dsl()
                .select(columns(query))
                .from(MATRIX_ANALYTICS_FACT)
                .join(values(edges).as("e", "bucket_no", "from_us", "to_us"))
                .on(MATRIX_ANALYTICS_FACT.OCCURRED_US.ge(FROM))
                .and(MATRIX_ANALYTICS_FACT.OCCURRED_US.lt(TO))
                .where(condition(query.filter()))
                .groupBy(groups)
                .fetchSize(AT_ONCE)
                .fetchStream()) {
            rows.forEach(row -> sink.accept(cell(row)));
        }
    }

    private static List<SelectField<?>> columns(FactQuery query) {
        List<SelectField<?>> columns = new ArrayList<>();
        columns.add(BUCKET.as("bucket"));
        columns.add(MATRIX_ANALYTICS_FACT.KIND);
        columns.add(MATRIX_ANALYTICS_FACT.CURRENCY);
        for (FactColumn column : FactColumn.values()) {
            columns.add(
                    query.groupBy().contains(column)
                            ? column(column)
                            : inline(0).as("no_" + column.name()));
        }
        Field<BigDecimal> uncorrected =
                when(MATRIX_ANALYTICS_FACT.CORRECTED.eq((short) 0), MATRIX_ANALYTICS_FACT.QUANTITY);
        columns.add(count().as("facts"));
        columns.add(sum(MATRIX_ANALYTICS_FACT.AMOUNT).as("amount_sum"));
        columns.add(sum(MATRIX_ANALYTICS_FACT.QUANTITY).as("quantity_sum"));
        columns.add(min(uncorrected).as("least_quantity"));
        columns.add(max(uncorrected).as("most_quantity"));
        columns.add(min(MATRIX_ANALYTICS_FACT.AMOUNT).as("least_amount"));
        columns.add(max(MATRIX_ANALYTICS_FACT.AMOUNT).as("most_amount"));
        columns.add(count(MATRIX_ANALYTICS_FACT.DURATION_MS).as("timed"));
        columns.add(sum(MATRIX_ANALYTICS_FACT.DURATION_MS).as("millis"));
        columns.add(count(when(MATRIX_ANALYTICS_FACT.SUCCESS.eq(SUCCEEDED), 1)).as("succeeded"));
        columns.add(count(when(MATRIX_ANALYTICS_FACT.SUCCESS.eq(FAILED), 1)).as("failed"));
        columns.add(
                query.distinctCustomers()
                        ? countDistinct(MATRIX_ANALYTICS_FACT.CUSTOMER_NO).as("customers")
                        : inline(0).as("customers"));
        columns.add(min(MATRIX_ANALYTICS_FACT.RECORDED_US).as("first_recorded"));
        columns.add(max(MATRIX_ANALYTICS_FACT.RECORDED_US).as("last_recorded"));
        return columns;
    }

    private static FactCell cell(Record row) {
        Long millis = row.get(15, Long.class);
        return new FactCell(
                row.get(0, Integer.class),
                FactKind.of(row.get(1, Short.class)),
                row.get(2, String.class),
                row.get(3, Integer.class),
                row.get(4, Integer.class),
                row.get(5, Integer.class),
                row.get(6, Integer.class),
                row.get(7, Long.class),
                row.get(8, BigDecimal.class).toBigIntegerExact(),
                row.get(9, BigDecimal.class).setScale(Fact.QUANTITY_DECIMALS),
                row.get(10, BigDecimal.class),
                row.get(11, BigDecimal.class),
                row.get(12, BigInteger.class),
                row.get(13, BigInteger.class),
                row.get(14, Long.class),
                millis == null ? 0 : millis,
                row.get(16, Long.class),
                row.get(17, Long.class),
                row.get(18, Long.class),
                instant(row.get(19, Long.class)),
                instant(row.get(20, Long.class)));
    }

    @Override
    public List<Fact> scan(Tx tx, FactFilter filter, @Nullable FactKey after, int limit) {
        Condition next = after == null
                ? noCondition()
                : row(MATRIX_ANALYTICS_FACT.KIND, MATRIX_ANALYTICS_FACT.CUSTOMER_NO, MATRIX_ANALYTICS_FACT.FACT_KEY)
                        .gt(row((short) after.kind().code(), after.customer(), after.key()));
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_ANALYTICS_FACT)
                .where(condition(filter))
                .and(next)
                .orderBy(MATRIX_ANALYTICS_FACT.KIND, MATRIX_ANALYTICS_FACT.CUSTOMER_NO, MATRIX_ANALYTICS_FACT.FACT_KEY)
                .limit(limit)
                .fetch(JooqFactStore::fact);
    }

    @Override
    public int clearReferences(Tx tx, int customer, int limit) {
        List<Fact> named = JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_ANALYTICS_FACT)
                .where(MATRIX_ANALYTICS_FACT.CUSTOMER_NO.eq(customer))
                .and(MATRIX_ANALYTICS_FACT.FACT_KEY.startsWith(ERASED).not())
                .limit(limit)
                .fetch(JooqFactStore::fact);
        named.forEach(fact -> JooqTx.of(tx)
                .dsl()
                .update(MATRIX_ANALYTICS_FACT)
                .set(MATRIX_ANALYTICS_FACT.FACT_KEY, ERASED + fact.eventId())
                .set(MATRIX_ANALYTICS_FACT.REF_ID, "")
                .set(MATRIX_ANALYTICS_FACT.RESOURCE_ID, "")
                .where(MATRIX_ANALYTICS_FACT.KIND.eq((short) fact.kind().code()))
                .and(MATRIX_ANALYTICS_FACT.CUSTOMER_NO.eq(customer))
                .and(MATRIX_ANALYTICS_FACT.FACT_KEY.eq(fact.key().key()))
                .execute());
        return named.size();
    }
}
