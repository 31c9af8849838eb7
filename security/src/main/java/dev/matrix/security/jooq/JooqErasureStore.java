package dev.matrix.security.jooq;

import static dev.matrix.security.jooq.generated.Tables.MATRIX_ERASURE;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.security.spi.ErasureStore;
import java.util.List;
import java.util.Optional;
import org.jooq.Record;

/** {@link ErasureStore} in table {@code matrix_erasure}. */
final class JooqErasureStore implements ErasureStore {

    @Override
    public void put(Tx tx, ErasureRow row) {
        JooqTx own = JooqTx.of(tx);
        int inserted = own.insertIfAbsent(insertInto(MATRIX_ERASURE)
                .set(MATRIX_ERASURE.PSEUDONYM, row.pseudonym())
                .set(MATRIX_ERASURE.STATE, row.state().name())
                .set(MATRIX_ERASURE.AT, row.at())
                .set(MATRIX_ERASURE.HOLD_ID, row.holdId()));
        if (inserted == 0) {
            own.dsl()
                    .update(MATRIX_ERASURE)
                    .set(MATRIX_ERASURE.STATE, row.state().name())
                    .set(MATRIX_ERASURE.AT, row.at())
                    .set(MATRIX_ERASURE.HOLD_ID, row.holdId())
                    .where(MATRIX_ERASURE.PSEUDONYM.eq(row.pseudonym()))
                    .execute();
        }
    }

    @Override
    public Optional<ErasureRow> find(Tx tx, String pseudonym) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_ERASURE)
                .where(MATRIX_ERASURE.PSEUDONYM.eq(pseudonym))
                .fetchOptional()
                .map(JooqErasureStore::row);
    }

    @Override
    public Page<ErasureRow> page(Tx tx, PageRequest page) {
        return Page.of(
                JooqTx.of(tx)
                        .dsl()
                        .selectFrom(MATRIX_ERASURE)
                        .where(MATRIX_ERASURE.PSEUDONYM.gt(page.cursor() == null ? "" : page.cursor()))
                        .orderBy(MATRIX_ERASURE.PSEUDONYM)
                        .limit(page.limit() + 1)
                        .fetch(JooqErasureStore::row),
                page,
                ErasureRow::pseudonym);
    }

    @Override
    public List<ErasureRow> open(Tx tx, int limit) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_ERASURE)
                .where(MATRIX_ERASURE.STATE.ne(State.DONE.name()))
                .orderBy(MATRIX_ERASURE.AT, MATRIX_ERASURE.PSEUDONYM)
                .limit(limit)
                .fetch(JooqErasureStore::row);
    }

    private static ErasureRow row(Record row) {
        return new ErasureRow(
                row.get(MATRIX_ERASURE.PSEUDONYM),
                State.valueOf(row.get(MATRIX_ERASURE.STATE)),
                row.get(MATRIX_ERASURE.AT),
                row.get(MATRIX_ERASURE.HOLD_ID));
    }
}
