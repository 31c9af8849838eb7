package dev.matrix.sla.jooq;

import static dev.matrix.sla.jooq.generated.Tables.MATRIX_SLA_CHARGE;
import static dev.matrix.sla.jooq.generated.Tables.MATRIX_SLA_REFUND_LEG;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.sla.jooq.generated.tables.MatrixSlaCharge;
import dev.matrix.sla.jooq.generated.tables.MatrixSlaRefundLeg;
import dev.matrix.sla.spi.ChargeStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jooq.Record;

/** {@link ChargeStore} in tables {@code matrix_sla_charge} and {@code matrix_sla_refund_leg}. */
final class JooqChargeStore implements ChargeStore {

    private static final MatrixSlaCharge TABLE = MATRIX_SLA_CHARGE;
    private static final MatrixSlaRefundLeg LEG = MATRIX_SLA_REFUND_LEG;

    private static ChargeRow row(Record row) {
        return new ChargeRow(
                row.get(TABLE.ID),
                row.get(TABLE.INVOICE_ID),
                row.get(TABLE.SUBSCRIPTION_ID),
                Owners.of(row.get(TABLE.OWNER_TYPE), row.get(TABLE.OWNER_ID)),
                row.get(TABLE.FROM_AT),
                row.get(TABLE.TO_AT),
                row.get(TABLE.CHARGE));
    }

    @Override
    public boolean insert(Tx tx, ChargeRow row) {
        JooqTx own = JooqTx.of(tx);
        return own.insertIfAbsent(own.dsl()
                        .insertInto(TABLE)
                        .set(TABLE.ID, row.id())
                        .set(TABLE.INVOICE_ID, row.invoice())
                        .set(TABLE.SUBSCRIPTION_ID, row.subscription())
                        .set(TABLE.OWNER_TYPE, Owners.type(row.owner()))
                        .set(TABLE.OWNER_ID, row.owner().id())
                        .set(TABLE.FROM_AT, row.from())
                        .set(TABLE.TO_AT, row.to())
                        .set(TABLE.CHARGE, row.json()))
                == 1;
    }

    @Override
    public Optional<ChargeRow> find(Tx tx, String id) {
        return JooqTx.of(tx).dsl().selectFrom(TABLE).where(TABLE.ID.eq(id)).fetchOptional(JooqChargeStore::row);
    }

    @Override
    public List<ChargeRow> charged(Tx tx, String subscription, Instant from, Instant to) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(TABLE)
                .where(TABLE.SUBSCRIPTION_ID.eq(subscription))
                .and(TABLE.FROM_AT.lt(to))
                .and(TABLE.TO_AT.gt(from))
                .orderBy(TABLE.ID)
                .fetch(JooqChargeStore::row);
    }

    @Override
    public List<ChargeRow> ofInvoice(Tx tx, String invoice) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(TABLE)
                .where(TABLE.INVOICE_ID.eq(invoice))
                .orderBy(TABLE.ID)
                .fetch(JooqChargeStore::row);
    }

    @Override
    public boolean keep(Tx tx, LegRow leg) {
        JooqTx own = JooqTx.of(tx);
        return own.insertIfAbsent(own.dsl()
                        .insertInto(LEG)
                        .set(LEG.OWNER_TYPE, Owners.type(leg.owner()))
                        .set(LEG.OWNER_ID, leg.owner().id())
                        .set(LEG.LEG_ID, leg.id())
                        .set(LEG.KIND, leg.kind())
                        .set(LEG.INVOICE_ID, leg.invoice())
                        .set(LEG.LEG, leg.json()))
                == 1;
    }

    @Override
    public List<LegRow> legs(Tx tx, Collection<String> invoices) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(LEG)
                .where(LEG.INVOICE_ID.in(invoices))
                .orderBy(LEG.LEG_ID, LEG.KIND)
                .fetch(row -> new LegRow(
                        Owners.of(row.get(LEG.OWNER_TYPE), row.get(LEG.OWNER_ID)),
                        row.get(LEG.LEG_ID),
                        row.get(LEG.KIND),
                        row.get(LEG.INVOICE_ID),
                        row.get(LEG.LEG)));
    }

    @Override
    public int rename(Tx tx, Owner owner, Owner pseudonym) {
        JooqTx.of(tx)
                .dsl()
                .update(LEG)
                .set(LEG.OWNER_TYPE, Owners.type(pseudonym))
                .set(LEG.OWNER_ID, pseudonym.id())
                .where(Owners.are(LEG.OWNER_TYPE, LEG.OWNER_ID, owner))
                .execute();
        return JooqTx.of(tx)
                .dsl()
                .update(TABLE)
                .set(TABLE.OWNER_TYPE, Owners.type(pseudonym))
                .set(TABLE.OWNER_ID, pseudonym.id())
                .where(Owners.are(TABLE.OWNER_TYPE, TABLE.OWNER_ID, owner))
                .execute();
    }
}
