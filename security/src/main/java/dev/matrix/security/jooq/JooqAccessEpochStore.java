package dev.matrix.security.jooq;

import static dev.matrix.security.jooq.generated.Tables.MATRIX_SECURITY_EPOCH;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.security.spi.AccessEpochStore;
import java.util.Map;

/** {@link AccessEpochStore} in table {@code matrix_security_epoch}. */
final class JooqAccessEpochStore implements AccessEpochStore {

    @Override
    public void bump(Tx tx, int slot) {
        JooqTx own = JooqTx.of(tx);
        own.insertIfAbsent(insertInto(MATRIX_SECURITY_EPOCH)
                .set(MATRIX_SECURITY_EPOCH.SLOT, slot)
                .set(MATRIX_SECURITY_EPOCH.EPOCH, 0L));
        own.dsl()
                .update(MATRIX_SECURITY_EPOCH)
                .set(MATRIX_SECURITY_EPOCH.EPOCH, MATRIX_SECURITY_EPOCH.EPOCH.plus(1))
                .where(MATRIX_SECURITY_EPOCH.SLOT.eq(slot))
                .execute();
    }

    @Override
    public Map<Integer, Long> all(Tx tx) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_SECURITY_EPOCH.SLOT, MATRIX_SECURITY_EPOCH.EPOCH)
                .from(MATRIX_SECURITY_EPOCH)
                .fetchMap(MATRIX_SECURITY_EPOCH.SLOT, MATRIX_SECURITY_EPOCH.EPOCH);
    }
}
