package dev.matrix.sla.jooq;

import static dev.matrix.sla.jooq.generated.Tables.MATRIX_SLA_BINDING;
import static dev.matrix.sla.jooq.generated.Tables.MATRIX_SLA_SNAPSHOT;
import static dev.matrix.sla.jooq.generated.Tables.MATRIX_SLA_SUBSCRIPTION;
import static org.jooq.impl.DSL.noCondition;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.sla.jooq.generated.tables.MatrixSlaBinding;
import dev.matrix.sla.jooq.generated.tables.MatrixSlaSnapshot;
import dev.matrix.sla.jooq.generated.tables.MatrixSlaSubscription;
import dev.matrix.sla.spi.SlaBindingStore;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** {@link SlaBindingStore} in tables {@code matrix_sla_subscription}, {@code _binding} and {@code _snapshot}. */
final class JooqSlaBindingStore implements SlaBindingStore {

    private static final MatrixSlaSubscription SUBSCRIPTION = MATRIX_SLA_SUBSCRIPTION;
    private static final MatrixSlaBinding BINDING = MATRIX_SLA_BINDING;
    private static final MatrixSlaSnapshot SNAPSHOT = MATRIX_SLA_SNAPSHOT;

    private static SubscriptionRow subscription(Record row) {
        return new SubscriptionRow(
                row.get(SUBSCRIPTION.SUBSCRIPTION_ID),
                row.get(SUBSCRIPTION.SERIES_NO),
                Owners.of(row.get(SUBSCRIPTION.OWNER_TYPE), row.get(SUBSCRIPTION.OWNER_ID)),
                row.get(SUBSCRIPTION.VERSION),
                row.get(SUBSCRIPTION.CLOSED_TO));
    }

    private static BindingRow binding(Record row) {
        return new BindingRow(
                row.get(BINDING.SUBSCRIPTION_ID),
                row.get(BINDING.SEQ),
                row.get(BINDING.ORIGIN),
                row.get(BINDING.BINDING));
    }

    @Override
    public SubscriptionRow lock(Tx tx, String subscription, Owner owner) {
        JooqTx own = JooqTx.of(tx);
        own.insertIfAbsent(own.dsl()
                .insertInto(SUBSCRIPTION)
                .set(SUBSCRIPTION.SUBSCRIPTION_ID, subscription)
                .set(SUBSCRIPTION.OWNER_TYPE, Owners.type(owner))
                .set(SUBSCRIPTION.OWNER_ID, owner.id())
                .set(SUBSCRIPTION.VERSION, 1L));
        return own.dsl()
                .selectFrom(SUBSCRIPTION)
                .where(SUBSCRIPTION.SUBSCRIPTION_ID.eq(subscription))
                .forUpdate()
                .fetchSingle(JooqSlaBindingStore::subscription);
    }

    @Override
    public void replace(Tx tx, SubscriptionRow locked, List<BindingRow> bindings) {
        DSLContext dsl = JooqTx.of(tx).dsl();
        dsl.update(SUBSCRIPTION)
                .set(SUBSCRIPTION.VERSION, locked.version() + 1)
                .set(SUBSCRIPTION.CLOSED_TO, locked.closedTo())
                .where(SUBSCRIPTION.SUBSCRIPTION_ID.eq(locked.id()))
                .execute();
        dsl.deleteFrom(BINDING).where(BINDING.SUBSCRIPTION_ID.eq(locked.id())).execute();
        for (BindingRow row : bindings) {
            dsl.insertInto(BINDING)
                    .set(BINDING.SUBSCRIPTION_ID, row.subscription())
                    .set(BINDING.SEQ, row.seq())
                    .set(BINDING.ORIGIN, row.origin())
                    .set(BINDING.BINDING, row.json())
                    .execute();
        }
    }

    @Override
    public Optional<Bound> find(Tx tx, String subscription) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(SUBSCRIPTION)
                .where(SUBSCRIPTION.SUBSCRIPTION_ID.eq(subscription))
                .fetchOptional(JooqSlaBindingStore::subscription)
                .map(row -> with(tx, List.of(row)).get(0));
    }

    private static List<Bound> with(Tx tx, List<SubscriptionRow> rows) {
        List<String> ids = rows.stream().map(SubscriptionRow::id).toList();
        Map<String, List<BindingRow>> bindings = JooqTx.of(tx)
                .dsl()
                .selectFrom(BINDING)
                .where(BINDING.SUBSCRIPTION_ID.in(ids))
                .orderBy(BINDING.SUBSCRIPTION_ID, BINDING.SEQ)
                .fetch(JooqSlaBindingStore::binding)
                .stream()
                .collect(Collectors.groupingBy(BindingRow::subscription));
        return rows.stream()
                .map(row -> new Bound(row, bindings.getOrDefault(row.id(), List.of())))
                .toList();
    }

    @Override
    public Page<Bound> page(Tx tx, @Nullable Owner owner, PageRequest page) {
        List<SubscriptionRow> found = JooqTx.of(tx)
                .dsl()
                .selectFrom(SUBSCRIPTION)
                .where(
                        owner == null
                                ? noCondition()
                                : Owners.are(SUBSCRIPTION.OWNER_TYPE, SUBSCRIPTION.OWNER_ID, owner))
                .and(page.cursor() == null ? noCondition() : SUBSCRIPTION.SUBSCRIPTION_ID.gt(page.cursor()))
                .orderBy(SUBSCRIPTION.SUBSCRIPTION_ID)
                .limit(page.limit() + 1)
                .fetch(JooqSlaBindingStore::subscription);
        return Page.of(with(tx, found), page, each -> each.subscription().id());
    }

    @Override
    public long version(Tx tx) {
        BigDecimal sum = JooqTx.of(tx)
                .dsl()
                .select(DSL.sum(SUBSCRIPTION.VERSION))
                .from(SUBSCRIPTION)
                .fetchOneInto(BigDecimal.class);
        return sum == null ? 0 : sum.longValueExact();
    }

    @Override
    public void keep(Tx tx, SnapshotRow snapshot) {
        JooqTx own = JooqTx.of(tx);
        own.insertIfAbsent(own.dsl()
                .insertInto(SNAPSHOT)
                .set(SNAPSHOT.SUBSCRIPTION_ID, snapshot.subscription())
                .set(SNAPSHOT.EFFECTIVE_AT, snapshot.effectiveAt())
                .set(SNAPSHOT.SEQUENCE_NO, snapshot.sequence())
                .set(SNAPSHOT.EVENT_ID, snapshot.eventId())
                .set(SNAPSHOT.SNAPSHOT, snapshot.json()));
    }

    @Override
    public List<SnapshotRow> snapshots(Tx tx, String subscription) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(SNAPSHOT)
                .where(SNAPSHOT.SUBSCRIPTION_ID.eq(subscription))
                .orderBy(SNAPSHOT.EFFECTIVE_AT, SNAPSHOT.SEQUENCE_NO, SNAPSHOT.EVENT_ID)
                .fetch(row -> new SnapshotRow(
                        row.get(SNAPSHOT.SUBSCRIPTION_ID),
                        row.get(SNAPSHOT.EFFECTIVE_AT),
                        row.get(SNAPSHOT.SEQUENCE_NO),
                        row.get(SNAPSHOT.EVENT_ID),
                        row.get(SNAPSHOT.SNAPSHOT)));
    }

    @Override
    public int rename(Tx tx, Owner owner, Owner pseudonym) {
        return JooqTx.of(tx)
                .dsl()
                .update(SUBSCRIPTION)
                .set(SUBSCRIPTION.OWNER_TYPE, Owners.type(pseudonym))
                .set(SUBSCRIPTION.OWNER_ID, pseudonym.id())
                .set(SUBSCRIPTION.VERSION, SUBSCRIPTION.VERSION.plus(1))
                .where(Owners.are(SUBSCRIPTION.OWNER_TYPE, SUBSCRIPTION.OWNER_ID, owner))
                .execute();
    }
}
