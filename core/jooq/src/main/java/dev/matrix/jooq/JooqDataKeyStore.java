package dev.matrix.jooq;

import static dev.matrix.jooq.generated.Tables.MATRIX_DATA_KEY;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.spi.DataKeyStore;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Tx;
import java.util.List;

/** {@link DataKeyStore} in table {@code matrix_data_key}. */
final class JooqDataKeyStore implements DataKeyStore {

    @Override
    public boolean insertIfAbsent(Tx tx, DataKey key) {
        return JooqTx.of(tx)
                        .insertIfAbsent(insertInto(MATRIX_DATA_KEY)
                                .set(MATRIX_DATA_KEY.PURPOSE, key.purpose())
                                .set(MATRIX_DATA_KEY.VERSION, key.version())
                                .set(MATRIX_DATA_KEY.STATE, key.state().name())
                                .set(MATRIX_DATA_KEY.KEK_ID, key.kekId())
                                .set(MATRIX_DATA_KEY.WRAPPED, key.wrapped())
                                .set(MATRIX_DATA_KEY.CREATED_AT, key.createdAt())
                                .set(MATRIX_DATA_KEY.ACTIVE_FROM, key.activeFrom())
                                .set(MATRIX_DATA_KEY.RETIRED_AT, key.retiredAt()))
                == 1;
    }

    @Override
    public List<DataKey> all(Tx tx) {
        return JooqTx.of(tx)
                .dsl()
                .select(
                        MATRIX_DATA_KEY.PURPOSE,
                        MATRIX_DATA_KEY.VERSION,
                        MATRIX_DATA_KEY.STATE,
                        MATRIX_DATA_KEY.KEK_ID,
                        MATRIX_DATA_KEY.WRAPPED,
                        MATRIX_DATA_KEY.CREATED_AT,
                        MATRIX_DATA_KEY.ACTIVE_FROM,
                        MATRIX_DATA_KEY.RETIRED_AT)
                .from(MATRIX_DATA_KEY)
                .orderBy(MATRIX_DATA_KEY.PURPOSE, MATRIX_DATA_KEY.VERSION)
                .fetch(row -> new DataKey(
                        row.value1(),
                        row.value2(),
                        KeyRing.State.valueOf(row.value3()),
                        row.value4(),
                        row.value5(),
                        row.value6(),
                        row.value7(),
                        row.value8()));
    }

    @Override
    public boolean replaceIf(Tx tx, KeyRing.State expectedState, String expectedKekId, DataKey changed) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_DATA_KEY)
                        .set(MATRIX_DATA_KEY.STATE, changed.state().name())
                        .set(MATRIX_DATA_KEY.KEK_ID, changed.kekId())
                        .set(MATRIX_DATA_KEY.WRAPPED, changed.wrapped())
                        .set(MATRIX_DATA_KEY.CREATED_AT, changed.createdAt())
                        .set(MATRIX_DATA_KEY.ACTIVE_FROM, changed.activeFrom())
                        .set(MATRIX_DATA_KEY.RETIRED_AT, changed.retiredAt())
                        .where(MATRIX_DATA_KEY.PURPOSE.eq(changed.purpose()))
                        .and(MATRIX_DATA_KEY.VERSION.eq(changed.version()))
                        .and(MATRIX_DATA_KEY.STATE.eq(expectedState.name()))
                        .and(MATRIX_DATA_KEY.KEK_ID.eq(expectedKekId))
                        .execute()
                == 1;
    }
}
