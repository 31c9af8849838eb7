package dev.matrix.sla.jooq;

import static dev.matrix.sla.jooq.generated.Tables.MATRIX_SLA_CREDIT;
import static org.jooq.impl.DSL.noCondition;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.sla.jooq.generated.tables.MatrixSlaCredit;
import dev.matrix.sla.spi.CreditStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** {@link CreditStore} in table {@code matrix_sla_credit}. */
final class JooqCreditStore implements CreditStore {

    private static final MatrixSlaCredit TABLE = MATRIX_SLA_CREDIT;

    private static CreditRow row(Record row) {
        return new CreditRow(
                row.get(TABLE.ID),
                row.get(TABLE.CREDIT_KEY),
                row.get(TABLE.SUBSCRIPTION_ID),
                Owners.of(row.get(TABLE.OWNER_TYPE), row.get(TABLE.OWNER_ID)),
                row.get(TABLE.VERSION),
                row.get(TABLE.STATE),
                row.get(TABLE.PERIOD_START),
                row.get(TABLE.CREDIT));
    }

    @Override
    public boolean insert(Tx tx, CreditRow row) {
        JooqTx own = JooqTx.of(tx);
        return own.insertIfAbsent(own.dsl()
                        .insertInto(TABLE)
                        .set(TABLE.ID, row.id())
                        .set(TABLE.CREDIT_KEY, row.key())
                        .set(TABLE.SUBSCRIPTION_ID, row.subscription())
                        .set(TABLE.OWNER_TYPE, Owners.type(row.owner()))
                        .set(TABLE.OWNER_ID, row.owner().id())
                        .set(TABLE.VERSION, row.version())
                        .set(TABLE.STATE, row.state())
                        .set(TABLE.PERIOD_START, row.periodStart())
                        .set(TABLE.CREDIT, row.json()))
                == 1;
    }

    @Override
    public boolean replaceIfVersion(Tx tx, CreditRow row) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(TABLE)
                        .set(TABLE.VERSION, row.version())
                        .set(TABLE.STATE, row.state())
                        .set(TABLE.CREDIT, row.json())
                        .where(TABLE.ID.eq(row.id()))
                        .and(TABLE.VERSION.eq(row.version() - 1))
                        .execute()
                == 1;
    }

    @Override
    public Optional<CreditRow> find(Tx tx, String id) {
        return JooqTx.of(tx).dsl().selectFrom(TABLE).where(TABLE.ID.eq(id)).fetchOptional(JooqCreditStore::row);
    }

    @Override
    public List<CreditRow> of(Tx tx, String subscription, Instant from) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(TABLE)
                .where(TABLE.SUBSCRIPTION_ID.eq(subscription))
                .and(TABLE.PERIOD_START.ge(from))
                .orderBy(TABLE.ID)
                .fetch(JooqCreditStore::row);
    }

    @Override
    public Page<CreditRow> page(
            Tx tx, @Nullable Owner owner, @Nullable String subscription, @Nullable String state, PageRequest page) {
        List<CreditRow> found = JooqTx.of(tx)
                .dsl()
                .selectFrom(TABLE)
                .where(owner == null ? noCondition() : Owners.are(TABLE.OWNER_TYPE, TABLE.OWNER_ID, owner))
                .and(subscription == null ? noCondition() : TABLE.SUBSCRIPTION_ID.eq(subscription))
                .and(state == null ? noCondition() : TABLE.STATE.eq(state))
                .and(page.cursor() == null ? noCondition() : TABLE.ID.gt(page.cursor()))
                .orderBy(TABLE.ID)
                .limit(page.limit() + 1)
                .fetch(JooqCreditStore::row);
        return Page.of(found, page, CreditRow::id);
    }

    @Override
    public int rename(Tx tx, Owner owner, Owner pseudonym) {
        return JooqTx.of(tx)
                .dsl()
                .update(TABLE)
                .set(TABLE.OWNER_TYPE, Owners.type(pseudonym))
                .set(TABLE.OWNER_ID, pseudonym.id())
                .set(TABLE.VERSION, TABLE.VERSION.plus(1))
                .where(Owners.are(TABLE.OWNER_TYPE, TABLE.OWNER_ID, owner))
                .execute();
    }
}
