package dev.matrix.money.jooq;

import static dev.matrix.money.jooq.generated.Tables.MATRIX_FX_SOURCE;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.money.spi.FxSourceStore;
import dev.matrix.money.spi.SourceRow;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** {@link FxSourceStore} in table {@code matrix_fx_source}. */
final class JooqFxSourceStore implements FxSourceStore {

    @Override
    public Optional<SourceRow> find(Tx tx, String name) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_FX_SOURCE)
                .where(MATRIX_FX_SOURCE.NAME.eq(name))
                .fetchOptional(row -> new SourceRow(
                        row.get(MATRIX_FX_SOURCE.NAME),
                        row.get(MATRIX_FX_SOURCE.NEXT_ATTEMPT_AT),
                        row.get(MATRIX_FX_SOURCE.NOTE),
                        row.get(MATRIX_FX_SOURCE.FAILURES),
                        row.get(MATRIX_FX_SOURCE.FAILING_SINCE),
                        row.get(MATRIX_FX_SOURCE.LAST_ERROR)));
    }

    @Override
    public void put(Tx tx, SourceRow row) {
        JooqTx own = JooqTx.of(tx);
        Map<Field<?>, @Nullable Object> columns = new HashMap<>();
        columns.put(MATRIX_FX_SOURCE.NEXT_ATTEMPT_AT, row.nextAttemptAt());
        columns.put(MATRIX_FX_SOURCE.NOTE, row.note());
        columns.put(MATRIX_FX_SOURCE.FAILURES, row.failures());
        columns.put(MATRIX_FX_SOURCE.FAILING_SINCE, row.failingSince());
        columns.put(MATRIX_FX_SOURCE.LAST_ERROR, row.lastError());
        int replaced = own.dsl()
                .update(MATRIX_FX_SOURCE)
                .set(columns)
                .where(MATRIX_FX_SOURCE.NAME.eq(row.name()))
                .execute();
        if (replaced == 0) {
            own.insertIfAbsent(insertInto(MATRIX_FX_SOURCE)
                    .set(MATRIX_FX_SOURCE.NAME, row.name())
                    .set(columns));
        }
    }
}
