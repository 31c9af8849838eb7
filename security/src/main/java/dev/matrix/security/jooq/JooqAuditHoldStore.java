package dev.matrix.security.jooq;

import static dev.matrix.security.jooq.generated.Tables.MATRIX_AUDIT_HOLD;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.security.spi.AuditHoldStore;
import java.util.List;

/** {@link AuditHoldStore} in table {@code matrix_audit_hold}. */
final class JooqAuditHoldStore implements AuditHoldStore {

    @Override
    public void insert(Tx tx, AuditHoldRow row) {
        JooqTx.of(tx)
                .dsl()
                .insertInto(MATRIX_AUDIT_HOLD)
                .set(MATRIX_AUDIT_HOLD.ID, row.id())
                .set(MATRIX_AUDIT_HOLD.OWNER_TYPE, Owners.type(row.owner()))
                .set(MATRIX_AUDIT_HOLD.OWNER_ID, row.owner().id())
                .set(MATRIX_AUDIT_HOLD.OWNER_PSEUDONYM, row.ownerPseudonym())
                .set(MATRIX_AUDIT_HOLD.FROM_AT, row.from())
                .set(MATRIX_AUDIT_HOLD.TO_AT, row.to())
                .set(MATRIX_AUDIT_HOLD.KEEPS_PERSONS, row.keepsPersons())
                .execute();
    }

    @Override
    public boolean remove(Tx tx, String id) {
        return JooqTx.of(tx)
                        .dsl()
                        .deleteFrom(MATRIX_AUDIT_HOLD)
                        .where(MATRIX_AUDIT_HOLD.ID.eq(id))
                        .execute()
                == 1;
    }

    @Override
    public List<AuditHoldRow> all(Tx tx) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_AUDIT_HOLD)
                .orderBy(MATRIX_AUDIT_HOLD.ID)
                .fetch(row -> new AuditHoldRow(
                        row.get(MATRIX_AUDIT_HOLD.ID),
                        Owners.of(row.get(MATRIX_AUDIT_HOLD.OWNER_TYPE), row.get(MATRIX_AUDIT_HOLD.OWNER_ID)),
                        row.get(MATRIX_AUDIT_HOLD.OWNER_PSEUDONYM),
                        row.get(MATRIX_AUDIT_HOLD.FROM_AT),
                        row.get(MATRIX_AUDIT_HOLD.TO_AT),
                        row.get(MATRIX_AUDIT_HOLD.KEEPS_PERSONS)));
    }

    @Override
    public void blank(Tx tx, String ownerPseudonym) {
        JooqTx.of(tx)
                .dsl()
                .update(MATRIX_AUDIT_HOLD)
                .set(MATRIX_AUDIT_HOLD.OWNER_ID, ownerPseudonym)
                .where(MATRIX_AUDIT_HOLD.OWNER_PSEUDONYM.eq(ownerPseudonym))
                .execute();
    }
}
