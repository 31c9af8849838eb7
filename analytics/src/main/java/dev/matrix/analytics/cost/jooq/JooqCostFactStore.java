package dev.matrix.analytics.cost.jooq;

import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_COST_FACT;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_COST_OWNER;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_COST_USAGE;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.spi.CostFactStore;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** {@link CostFactStore} in {@code matrix_cost_owner}, {@code matrix_cost_fact} and {@code matrix_cost_usage}. */
final class JooqCostFactStore implements CostFactStore {

    private static final int FETCHED_AT_ONCE = 1_000;

    @Override
    public void enrol(Tx tx, Owner owner, int part) {
        JooqTx.of(tx)
                .insertIfAbsent(insertInto(MATRIX_COST_OWNER)
                        .set(MATRIX_COST_OWNER.OWNER_TYPE, Owners.type(owner))
                        .set(MATRIX_COST_OWNER.OWNER_ID, owner.id())
                        .set(MATRIX_COST_OWNER.PART, (short) part));
    }

    @Override
    public boolean lock(Tx tx, Owner owner) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_COST_OWNER.PART)
                .from(MATRIX_COST_OWNER)
                .where(Owners.are(MATRIX_COST_OWNER.OWNER_TYPE, MATRIX_COST_OWNER.OWNER_ID, owner))
                .forUpdate()
                .fetchOptional()
                .isPresent();
    }

    @Override
    public List<Owner> owners(Tx tx, int part, @Nullable Owner after, int limit) {
        Condition rest = after == null
                ? noCondition()
                : row(MATRIX_COST_OWNER.OWNER_TYPE, MATRIX_COST_OWNER.OWNER_ID).gt(row(Owners.type(after), after.id()));
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_COST_OWNER.OWNER_TYPE, MATRIX_COST_OWNER.OWNER_ID)
                .from(MATRIX_COST_OWNER)
                .where(MATRIX_COST_OWNER.PART.eq((short) part))
                .and(rest)
                .orderBy(MATRIX_COST_OWNER.OWNER_TYPE, MATRIX_COST_OWNER.OWNER_ID)
                .limit(limit)
                .fetch(found -> Owners.of(found.value1(), found.value2()));
    }

    @Override
    public void addFacts(Tx tx, List<FactRow> rows) {
        JooqTx own = JooqTx.of(tx);
        for (FactRow each : rows) {
            own.insertIfAbsent(insertInto(MATRIX_COST_FACT)
                    .set(MATRIX_COST_FACT.EVENT_ID, each.eventId())
                    .set(MATRIX_COST_FACT.OWNER_TYPE, Owners.type(each.owner()))
                    .set(MATRIX_COST_FACT.OWNER_ID, each.owner().id())
                    .set(MATRIX_COST_FACT.KIND, each.kind())
                    .set(MATRIX_COST_FACT.SUBJECT, each.subject())
                    .set(MATRIX_COST_FACT.AT, each.at())
                    .set(MATRIX_COST_FACT.SEQUENCE_NO, each.sequence())
                    .set(MATRIX_COST_FACT.DOCUMENT, each.document()));
        }
    }

    @Override
    public List<FactRow> facts(Tx tx, Owner owner) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_COST_FACT)
                .where(Owners.are(MATRIX_COST_FACT.OWNER_TYPE, MATRIX_COST_FACT.OWNER_ID, owner))
                .orderBy(
                        MATRIX_COST_FACT.KIND,
                        MATRIX_COST_FACT.SUBJECT,
                        MATRIX_COST_FACT.AT,
                        MATRIX_COST_FACT.SEQUENCE_NO,
                        MATRIX_COST_FACT.EVENT_ID)
                .fetch(found -> new FactRow(
                        found.get(MATRIX_COST_FACT.EVENT_ID),
                        owner,
                        found.get(MATRIX_COST_FACT.KIND),
                        found.get(MATRIX_COST_FACT.SUBJECT),
                        found.get(MATRIX_COST_FACT.AT),
                        found.get(MATRIX_COST_FACT.SEQUENCE_NO),
                        found.get(MATRIX_COST_FACT.DOCUMENT)));
    }

    @Override
    public void addUsage(Tx tx, List<UsageRow> rows) {
        JooqTx own = JooqTx.of(tx);
        for (UsageRow each : rows) {
            own.insertIfAbsent(insertInto(MATRIX_COST_USAGE)
                    .set(MATRIX_COST_USAGE.EVENT_ID, each.eventId())
                    .set(MATRIX_COST_USAGE.OWNER_TYPE, Owners.type(each.owner()))
                    .set(MATRIX_COST_USAGE.OWNER_ID, each.owner().id())
                    .set(MATRIX_COST_USAGE.SUBSCRIPTION_ID, each.subscriptionId())
                    .set(MATRIX_COST_USAGE.METER, each.meter())
                    .set(MATRIX_COST_USAGE.QUANTITY, each.quantity().toPlainString())
                    .set(MATRIX_COST_USAGE.RESOURCE_ID, each.resourceId())
                    .set(MATRIX_COST_USAGE.CAUSE, each.cause())
                    .set(MATRIX_COST_USAGE.AT, each.at()));
        }
    }

    @Override
    public void usage(Tx tx, Owner owner, Window window, Consumer<UsageRow> sink) {
        try (Cursor<? extends Record> rows = JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_COST_USAGE)
                .where(Owners.are(MATRIX_COST_USAGE.OWNER_TYPE, MATRIX_COST_USAGE.OWNER_ID, owner))
                .and(MATRIX_COST_USAGE.AT.ge(window.from()))
                .and(MATRIX_COST_USAGE.AT.lt(window.to()))
                .orderBy(MATRIX_COST_USAGE.AT, MATRIX_COST_USAGE.EVENT_ID)
                .fetchSize(FETCHED_AT_ONCE)
                .fetchLazy()) {
            rows.forEach(found -> sink.accept(usage(owner, found)));
        }
    }

    private static UsageRow usage(Owner owner, Record found) {
        return new UsageRow(
                found.get(MATRIX_COST_USAGE.EVENT_ID),
                owner,
                found.get(MATRIX_COST_USAGE.SUBSCRIPTION_ID),
                found.get(MATRIX_COST_USAGE.METER),
                new BigDecimal(found.get(MATRIX_COST_USAGE.QUANTITY)),
                found.get(MATRIX_COST_USAGE.RESOURCE_ID),
                found.get(MATRIX_COST_USAGE.CAUSE),
                found.get(MATRIX_COST_USAGE.AT));
    }

    @Override
    public Optional<Instant> firstUsage(Tx tx, Owner owner) {
        return Optional.ofNullable(JooqTx.of(tx)
                .dsl()
                .select(min(MATRIX_COST_USAGE.AT))
                .from(MATRIX_COST_USAGE)
                .where(Owners.are(MATRIX_COST_USAGE.OWNER_TYPE, MATRIX_COST_USAGE.OWNER_ID, owner))
                .fetchSingle()
                .value1());
    }

    @Override
    public int erase(Tx tx, Owner owner) {
        DSLContext dsl = JooqTx.of(tx).dsl();
        return dsl.deleteFrom(MATRIX_COST_FACT)
                        .where(Owners.are(MATRIX_COST_FACT.OWNER_TYPE, MATRIX_COST_FACT.OWNER_ID, owner))
                        .execute()
                + dsl.deleteFrom(MATRIX_COST_USAGE)
                        .where(Owners.are(MATRIX_COST_USAGE.OWNER_TYPE, MATRIX_COST_USAGE.OWNER_ID, owner))
                        .execute()
                + dsl.deleteFrom(MATRIX_COST_OWNER)
                        .where(Owners.are(MATRIX_COST_OWNER.OWNER_TYPE, MATRIX_COST_OWNER.OWNER_ID, owner))
                        .execute();
    }
}
