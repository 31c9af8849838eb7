package dev.matrix.security.jooq;

import static dev.matrix.security.jooq.generated.Tables.MATRIX_AUDIT_QUEUE;
import static org.jooq.impl.DSL.min;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.security.spi.AuditQueueStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** {@link AuditQueueStore} in table {@code matrix_audit_queue}. */
final class JooqAuditQueueStore implements AuditQueueStore {

    @Override
    public void enqueue(Tx tx, String log, String entryId, Instant at) {
        JooqTx.of(tx)
                .dsl()
                .insertInto(MATRIX_AUDIT_QUEUE)
                .set(MATRIX_AUDIT_QUEUE.LOG, log)
                .set(MATRIX_AUDIT_QUEUE.ENTRY_ID, entryId)
                .set(MATRIX_AUDIT_QUEUE.QUEUED_AT, at)
                .set(MATRIX_AUDIT_QUEUE.ASIDE, false)
                .execute();
    }

    private static List<String> rows(Tx tx, String log, int limit, boolean aside) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_AUDIT_QUEUE.ENTRY_ID)
                .from(MATRIX_AUDIT_QUEUE)
                .where(MATRIX_AUDIT_QUEUE.LOG.eq(log))
                .and(MATRIX_AUDIT_QUEUE.ASIDE.eq(aside))
                .orderBy(MATRIX_AUDIT_QUEUE.ENTRY_ID)
                .limit(limit)
                .fetch(MATRIX_AUDIT_QUEUE.ENTRY_ID);
    }

    @Override
    public List<String> oldest(Tx tx, String log, int limit) {
        return rows(tx, log, limit, false);
    }

    @Override
    public void remove(Tx tx, String log, Collection<String> entryIds) {
        JooqTx.of(tx)
                .dsl()
                .deleteFrom(MATRIX_AUDIT_QUEUE)
                .where(MATRIX_AUDIT_QUEUE.LOG.eq(log))
                .and(MATRIX_AUDIT_QUEUE.ENTRY_ID.in(entryIds))
                .execute();
    }

    @Override
    public void setAside(Tx tx, String log, Collection<String> entryIds) {
        JooqTx.of(tx)
                .dsl()
                .update(MATRIX_AUDIT_QUEUE)
                .set(MATRIX_AUDIT_QUEUE.ASIDE, true)
                .where(MATRIX_AUDIT_QUEUE.LOG.eq(log))
                .and(MATRIX_AUDIT_QUEUE.ENTRY_ID.in(entryIds))
                .execute();
    }

    @Override
    public List<String> aside(Tx tx, String log, int limit) {
        return rows(tx, log, limit, true);
    }

    @Override
    public Optional<Instant> waitingSince(Tx tx, String log) {
        return JooqTx.of(tx)
                .dsl()
                .select(min(MATRIX_AUDIT_QUEUE.QUEUED_AT))
                .from(MATRIX_AUDIT_QUEUE)
                .where(MATRIX_AUDIT_QUEUE.LOG.eq(log))
                .and(MATRIX_AUDIT_QUEUE.ASIDE.eq(false))
                .fetchOptional(0, Instant.class);
    }
}
