package dev.matrix.sla.jooq;

import static dev.matrix.sla.jooq.generated.Tables.MATRIX_SLA_BREACH;
import static dev.matrix.sla.jooq.generated.Tables.MATRIX_SLA_STATEMENT;
import static org.jooq.impl.DSL.noCondition;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.sla.jooq.generated.tables.MatrixSlaBreach;
import dev.matrix.sla.jooq.generated.tables.MatrixSlaStatement;
import dev.matrix.sla.spi.StatementStore;
import java.util.List;
import java.util.Optional;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** {@link StatementStore} in tables {@code matrix_sla_breach} and {@code matrix_sla_statement}. */
final class JooqStatementStore implements StatementStore {

    private static final MatrixSlaBreach BREACH = MATRIX_SLA_BREACH;
    private static final MatrixSlaStatement TABLE = MATRIX_SLA_STATEMENT;

    private static BreachRow breach(Record row) {
        return new BreachRow(
                row.get(BREACH.SUBSCRIPTION_ID),
                row.get(BREACH.SEGMENT),
                row.get(BREACH.OBJECTIVE),
                row.get(BREACH.PERIOD),
                row.get(BREACH.WITHDRAWN),
                row.get(BREACH.BREACH));
    }

    private static StatementRow row(Record row) {
        return new StatementRow(
                row.get(TABLE.SUBSCRIPTION_ID),
                row.get(TABLE.PERIOD),
                row.get(TABLE.VERSION),
                row.get(TABLE.ID),
                row.get(TABLE.CAUSE),
                Owners.of(row.get(TABLE.OWNER_TYPE), row.get(TABLE.OWNER_ID)),
                row.get(TABLE.STATEMENT),
                row.get(TABLE.REPORT));
    }

    @Override
    public boolean breach(Tx tx, BreachRow row) {
        JooqTx own = JooqTx.of(tx);
        return own.insertIfAbsent(own.dsl()
                        .insertInto(BREACH)
                        .set(BREACH.SUBSCRIPTION_ID, row.subscription())
                        .set(BREACH.SEGMENT, row.segment())
                        .set(BREACH.OBJECTIVE, row.objective())
                        .set(BREACH.PERIOD, row.period())
                        .set(BREACH.WITHDRAWN, row.withdrawn())
                        .set(BREACH.BREACH, row.json()))
                == 1;
    }

    @Override
    public boolean withdraw(Tx tx, String subscription, long segment, String objective) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(BREACH)
                        .set(BREACH.WITHDRAWN, true)
                        .where(BREACH.SUBSCRIPTION_ID.eq(subscription))
                        .and(BREACH.SEGMENT.eq(segment))
                        .and(BREACH.OBJECTIVE.eq(objective))
                        .and(BREACH.WITHDRAWN.isFalse())
                        .execute()
                == 1;
    }

    @Override
    public List<BreachRow> breaches(Tx tx, String subscription, long fromSegment) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(BREACH)
                .where(BREACH.SUBSCRIPTION_ID.eq(subscription))
                .and(BREACH.SEGMENT.ge(fromSegment))
                .orderBy(BREACH.SEGMENT, BREACH.OBJECTIVE)
                .fetch(JooqStatementStore::breach);
    }

    @Override
    public boolean insert(Tx tx, StatementRow row) {
        JooqTx own = JooqTx.of(tx);
        return own.insertIfAbsent(own.dsl()
                        .insertInto(TABLE)
                        .set(TABLE.SUBSCRIPTION_ID, row.subscription())
                        .set(TABLE.PERIOD, row.period())
                        .set(TABLE.VERSION, row.version())
                        .set(TABLE.ID, row.id())
                        .set(TABLE.CAUSE, row.cause())
                        .set(TABLE.OWNER_TYPE, Owners.type(row.owner()))
                        .set(TABLE.OWNER_ID, row.owner().id())
                        .set(TABLE.STATEMENT, row.json())
                        .set(TABLE.REPORT, row.report()))
                == 1;
    }

    @Override
    public Optional<StatementRow> find(Tx tx, String subscription, String period, @Nullable Integer version) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(TABLE)
                .where(TABLE.SUBSCRIPTION_ID.eq(subscription))
                .and(TABLE.PERIOD.eq(period))
                .and(version == null ? noCondition() : TABLE.VERSION.eq(version))
                .orderBy(TABLE.VERSION.desc())
                .limit(1)
                .fetchOptional(JooqStatementStore::row);
    }

    @Override
    public Page<StatementRow> page(Tx tx, @Nullable Owner owner, @Nullable String subscription, PageRequest page) {
        List<StatementRow> found = JooqTx.of(tx)
                .dsl()
                .selectFrom(TABLE)
                .where(owner == null ? noCondition() : Owners.are(TABLE.OWNER_TYPE, TABLE.OWNER_ID, owner))
                .and(subscription == null ? noCondition() : TABLE.SUBSCRIPTION_ID.eq(subscription))
                .and(page.cursor() == null ? noCondition() : TABLE.ID.gt(page.cursor()))
                .orderBy(TABLE.ID)
                .limit(page.limit() + 1)
                .fetch(JooqStatementStore::row);
        return Page.of(found, page, StatementRow::id);
    }

    @Override
    public int rename(Tx tx, Owner owner, Owner pseudonym) {
        return JooqTx.of(tx)
                .dsl()
                .update(TABLE)
                .set(TABLE.OWNER_TYPE, Owners.type(pseudonym))
                .set(TABLE.OWNER_ID, pseudonym.id())
                .where(Owners.are(TABLE.OWNER_TYPE, TABLE.OWNER_ID, owner))
                .execute();
    }
}
