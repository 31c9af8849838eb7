package dev.matrix.security.jooq;

import static dev.matrix.security.jooq.generated.Tables.MATRIX_AUDIT_CURSOR;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.security.spi.AuditCursorStore;

/** {@link AuditCursorStore} in table {@code matrix_audit_cursor}. */
final class JooqAuditCursorStore implements AuditCursorStore {

    @Override
    public long find(Tx tx, String name) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_AUDIT_CURSOR.NEXT_SEQ)
                .from(MATRIX_AUDIT_CURSOR)
                .where(MATRIX_AUDIT_CURSOR.NAME.eq(name))
                .fetchOptional(MATRIX_AUDIT_CURSOR.NEXT_SEQ)
                .orElse(0L);
    }

    @Override
    public boolean advance(Tx tx, String name, long from, long to) {
        return (from == 0 && insert(tx, name, to)) || update(tx, name, from, to);
    }

    private static boolean insert(Tx tx, String name, long next) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_AUDIT_CURSOR)
                                .set(MATRIX_AUDIT_CURSOR.NAME, name)
                                .set(MATRIX_AUDIT_CURSOR.NEXT_SEQ, next))
                == 1;
    }

    private static boolean update(Tx tx, String name, long from, long to) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_AUDIT_CURSOR)
                        .set(MATRIX_AUDIT_CURSOR.NEXT_SEQ, to)
                        .where(MATRIX_AUDIT_CURSOR.NAME.eq(name))
                        .and(MATRIX_AUDIT_CURSOR.NEXT_SEQ.eq(from))
                        .execute()
                == 1;
    }

    @Override
    public void put(Tx tx, String name, long next) {
        if (!insert(tx, name, next)) {
            JooqTx.of(tx)
                    .dsl()
                    .update(MATRIX_AUDIT_CURSOR)
                    .set(MATRIX_AUDIT_CURSOR.NEXT_SEQ, next)
                    .where(MATRIX_AUDIT_CURSOR.NAME.eq(name))
                    .execute();
        }
    }
}
