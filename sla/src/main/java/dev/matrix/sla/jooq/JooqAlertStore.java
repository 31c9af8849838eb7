package dev.matrix.sla.jooq;

import static dev.matrix.sla.jooq.generated.Tables.MATRIX_SLA_ALERT;
import static org.jooq.impl.DSL.noCondition;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.sla.jooq.generated.tables.MatrixSlaAlert;
import dev.matrix.sla.spi.AlertStore;
import java.util.List;
import java.util.Optional;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** {@link AlertStore} in table {@code matrix_sla_alert}. */
final class JooqAlertStore implements AlertStore {

    private static final MatrixSlaAlert TABLE = MATRIX_SLA_ALERT;

    private static AlertRow row(Record row) {
        return new AlertRow(
                row.get(TABLE.ID),
                row.get(TABLE.SUBSCRIPTION_ID),
                Owners.of(row.get(TABLE.OWNER_TYPE), row.get(TABLE.OWNER_ID)),
                row.get(TABLE.VERSION),
                row.get(TABLE.OPEN_KEY),
                row.get(TABLE.ALERT));
    }

    @Override
    public boolean insert(Tx tx, AlertRow row) {
        JooqTx own = JooqTx.of(tx);
        return own.insertIfAbsent(own.dsl()
                        .insertInto(TABLE)
                        .set(TABLE.ID, row.id())
                        .set(TABLE.SUBSCRIPTION_ID, row.subscription())
                        .set(TABLE.OWNER_TYPE, Owners.type(row.owner()))
                        .set(TABLE.OWNER_ID, row.owner().id())
                        .set(TABLE.VERSION, row.version())
                        .set(TABLE.OPEN_KEY, row.openKey())
                        .set(TABLE.ALERT, row.json()))
                == 1;
    }

    @Override
    public boolean replaceIfVersion(Tx tx, AlertRow row) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(TABLE)
                        .set(TABLE.VERSION, row.version())
                        .set(TABLE.OPEN_KEY, row.openKey())
                        .set(TABLE.ALERT, row.json())
                        .where(TABLE.ID.eq(row.id()))
                        .and(TABLE.VERSION.eq(row.version() - 1))
                        .execute()
                == 1;
    }

    @Override
    public Optional<AlertRow> find(Tx tx, String id) {
        return JooqTx.of(tx).dsl().selectFrom(TABLE).where(TABLE.ID.eq(id)).fetchOptional(JooqAlertStore::row);
    }

    @Override
    public List<AlertRow> open(Tx tx, String subscription) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(TABLE)
                .where(TABLE.SUBSCRIPTION_ID.eq(subscription))
                .and(TABLE.OPEN_KEY.isNotNull())
                .orderBy(TABLE.ID)
                .fetch(JooqAlertStore::row);
    }

    @Override
    public Page<AlertRow> page(
            Tx tx, @Nullable Owner owner, @Nullable String subscription, boolean openOnly, PageRequest page) {
        List<AlertRow> found = JooqTx.of(tx)
                .dsl()
                .selectFrom(TABLE)
                .where(owner == null ? noCondition() : Owners.are(TABLE.OWNER_TYPE, TABLE.OWNER_ID, owner))
                .and(subscription == null ? noCondition() : TABLE.SUBSCRIPTION_ID.eq(subscription))
                .and(openOnly ? TABLE.OPEN_KEY.isNotNull() : noCondition())
                .and(page.cursor() == null ? noCondition() : TABLE.ID.gt(page.cursor()))
                .orderBy(TABLE.ID)
                .limit(page.limit() + 1)
                .fetch(JooqAlertStore::row);
        return Page.of(found, page, AlertRow::id);
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
