package dev.matrix.security.jooq;

import static dev.matrix.security.jooq.generated.Tables.MATRIX_AUDIT_SIGNING_KEY;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.security.spi.AuditKeyStore;
import java.util.Optional;

/** {@link AuditKeyStore} in table {@code matrix_audit_signing_key}. */
final class JooqAuditKeyStore implements AuditKeyStore {

    @Override
    public Optional<AuditKeyRow> find(Tx tx, String log) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_AUDIT_SIGNING_KEY)
                .where(MATRIX_AUDIT_SIGNING_KEY.LOG.eq(log))
                .fetchOptional(row -> new AuditKeyRow(
                        row.get(MATRIX_AUDIT_SIGNING_KEY.LOG),
                        row.get(MATRIX_AUDIT_SIGNING_KEY.VERIFIER_KEY),
                        row.get(MATRIX_AUDIT_SIGNING_KEY.SEALED)));
    }

    @Override
    public boolean insert(Tx tx, AuditKeyRow row) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_AUDIT_SIGNING_KEY)
                                .set(MATRIX_AUDIT_SIGNING_KEY.LOG, row.log())
                                .set(MATRIX_AUDIT_SIGNING_KEY.VERIFIER_KEY, row.verifierKey())
                                .set(MATRIX_AUDIT_SIGNING_KEY.SEALED, row.sealed()))
                == 1;
    }

    @Override
    public boolean reseal(Tx tx, AuditKeyRow row, byte[] former) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_AUDIT_SIGNING_KEY)
                        .set(MATRIX_AUDIT_SIGNING_KEY.SEALED, row.sealed())
                        .where(MATRIX_AUDIT_SIGNING_KEY.LOG.eq(row.log()))
                        .and(MATRIX_AUDIT_SIGNING_KEY.SEALED.eq(former))
                        .execute()
                == 1;
    }
}
