package dev.matrix.webhooks.jooq;

import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_DELIVERY;
import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_RECOVERY;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.jooq.Purge;
import dev.matrix.webhooks.DeliveryState;
import dev.matrix.webhooks.Recovery;
import dev.matrix.webhooks.RecoveryRequest.Include;
import dev.matrix.webhooks.Trigger;
import dev.matrix.webhooks.spi.RecoveryRow;
import dev.matrix.webhooks.spi.RecoveryRow.Cursor;
import dev.matrix.webhooks.spi.RecoveryStore;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** {@link RecoveryStore} in table {@code matrix_webhook_recovery}, over {@code matrix_webhook_delivery}. */
final class JooqRecoveryStore implements RecoveryStore {

    private static final int LOOKED_AT = 100;
    private static final Condition IS_RUNNING = MATRIX_WEBHOOK_RECOVERY.STATE.eq(Recovery.State.RUNNING.name());
    private static final Condition IS_FAILED = MATRIX_WEBHOOK_DELIVERY
            .STATE
            .in(inline(States.code(DeliveryState.EXHAUSTED)), inline(States.code(DeliveryState.CANCELLED)))
            .and(JooqDeliveryStore.IS_TEST.not());

    @Override
    public Optional<String> insert(Tx tx, RecoveryRow row) {
        JooqTx own = JooqTx.of(tx);
        if (own.insertIfAbsent(insertion(row)) == 1) {
            return Optional.empty();
        }
        Optional<String> running = own.dsl()
                .select(MATRIX_WEBHOOK_RECOVERY.ID)
                .from(MATRIX_WEBHOOK_RECOVERY)
                .where(MATRIX_WEBHOOK_RECOVERY.RUNNING_FOR.eq(row.recovery().endpointId()))
                .fetchOptional(MATRIX_WEBHOOK_RECOVERY.ID);
        if (running.isEmpty()) {
            // The one that was in the way has ended since.
            own.dsl().execute(insertion(row));
        }
        return running;
    }

    private static Query insertion(RecoveryRow row) {
        Recovery recovery = row.recovery();
        return insertInto(MATRIX_WEBHOOK_RECOVERY)
                .set(MATRIX_WEBHOOK_RECOVERY.ID, row.id())
                .set(MATRIX_WEBHOOK_RECOVERY.OWNER_TYPE, Owners.type(row.owner()))
                .set(MATRIX_WEBHOOK_RECOVERY.OWNER_ID, row.owner().id())
                .set(MATRIX_WEBHOOK_RECOVERY.ENDPOINT_ID, recovery.endpointId())
                .set(MATRIX_WEBHOOK_RECOVERY.INCLUDE, recovery.include().name())
                .set(MATRIX_WEBHOOK_RECOVERY.SINCE_AT, recovery.since())
                .set(MATRIX_WEBHOOK_RECOVERY.UNTIL_AT, recovery.until())
                .set(MATRIX_WEBHOOK_RECOVERY.CREATED_AT, recovery.createdAt())
                .set(progress(row));
    }

    private static Map<Field<?>, @Nullable Object> progress(RecoveryRow row) {
        Recovery recovery = row.recovery();
        Cursor cursor = row.cursor();
        Map<Field<?>, @Nullable Object> columns = new HashMap<>();
        columns.put(MATRIX_WEBHOOK_RECOVERY.STATE, recovery.state().name());
        columns.put(MATRIX_WEBHOOK_RECOVERY.PHASE, row.phase().name());
        columns.put(MATRIX_WEBHOOK_RECOVERY.CURSOR_AT, cursor == null ? null : cursor.at());
        columns.put(MATRIX_WEBHOOK_RECOVERY.CURSOR_ID, cursor == null ? null : cursor.id());
        columns.put(MATRIX_WEBHOOK_RECOVERY.REQUEUED, recovery.requeued());
        columns.put(MATRIX_WEBHOOK_RECOVERY.ADDED, recovery.added());
        columns.put(MATRIX_WEBHOOK_RECOVERY.FINISHED_AT, recovery.finishedAt());
        columns.put(
                MATRIX_WEBHOOK_RECOVERY.RUNNING_FOR,
                recovery.state() == Recovery.State.RUNNING ? recovery.endpointId() : null);
        return columns;
    }

    private static RecoveryRow recovery(Record row) {
        Recovery recovery = new Recovery(
                row.get(MATRIX_WEBHOOK_RECOVERY.ID),
                row.get(MATRIX_WEBHOOK_RECOVERY.ENDPOINT_ID),
                Include.valueOf(row.get(MATRIX_WEBHOOK_RECOVERY.INCLUDE)),
                row.get(MATRIX_WEBHOOK_RECOVERY.SINCE_AT),
                row.get(MATRIX_WEBHOOK_RECOVERY.UNTIL_AT),
                Recovery.State.valueOf(row.get(MATRIX_WEBHOOK_RECOVERY.STATE)),
                row.get(MATRIX_WEBHOOK_RECOVERY.REQUEUED),
                row.get(MATRIX_WEBHOOK_RECOVERY.ADDED),
                row.get(MATRIX_WEBHOOK_RECOVERY.CREATED_AT),
                row.get(MATRIX_WEBHOOK_RECOVERY.FINISHED_AT));
        Instant at = row.get(MATRIX_WEBHOOK_RECOVERY.CURSOR_AT);
        String id = row.get(MATRIX_WEBHOOK_RECOVERY.CURSOR_ID);
        return new RecoveryRow(
                Owners.of(row.get(MATRIX_WEBHOOK_RECOVERY.OWNER_TYPE), row.get(MATRIX_WEBHOOK_RECOVERY.OWNER_ID)),
                recovery,
                RecoveryRow.Phase.valueOf(row.get(MATRIX_WEBHOOK_RECOVERY.PHASE)),
                at == null || id == null ? null : new Cursor(at, id));
    }

    @Override
    public Optional<RecoveryRow> find(Tx tx, String id) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_WEBHOOK_RECOVERY)
                .where(MATRIX_WEBHOOK_RECOVERY.ID.eq(id))
                .fetchOptional(JooqRecoveryStore::recovery);
    }

    /** Finds first and locks one by one: H2 locks every row that an ordered search with SKIP LOCKED comes by. */
    @Override
    public Optional<RecoveryRow> lockNext(Tx tx, @Nullable String after) {
        DSLContext dsl = JooqTx.of(tx).dsl();
        List<String> running = dsl.select(MATRIX_WEBHOOK_RECOVERY.ID)
                .from(MATRIX_WEBHOOK_RECOVERY)
                .where(IS_RUNNING)
                .and(MATRIX_WEBHOOK_RECOVERY.ID.gt(after == null ? "" : after))
                .orderBy(MATRIX_WEBHOOK_RECOVERY.ID)
                .limit(LOOKED_AT)
                .fetch(MATRIX_WEBHOOK_RECOVERY.ID);
        return running.stream().flatMap(id -> lock(dsl, id).stream()).findFirst();
    }

    private static Optional<RecoveryRow> lock(DSLContext dsl, String id) {
        return dsl.selectFrom(MATRIX_WEBHOOK_RECOVERY)
                .where(MATRIX_WEBHOOK_RECOVERY.ID.eq(id))
                .and(IS_RUNNING)
                .forUpdate()
                .skipLocked()
                .fetchOptional(JooqRecoveryStore::recovery);
    }

    @Override
    public void save(Tx tx, RecoveryRow row) {
        JooqTx.of(tx)
                .dsl()
                .update(MATRIX_WEBHOOK_RECOVERY)
                .set(progress(row))
                .where(MATRIX_WEBHOOK_RECOVERY.ID.eq(row.id()))
                .execute();
    }

    @Override
    public boolean stop(Tx tx, String id, Instant now) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_WEBHOOK_RECOVERY)
                        .set(MATRIX_WEBHOOK_RECOVERY.STATE, Recovery.State.STOPPED.name())
                        .set(MATRIX_WEBHOOK_RECOVERY.FINISHED_AT, now)
                        .setNull(MATRIX_WEBHOOK_RECOVERY.RUNNING_FOR)
                        .where(MATRIX_WEBHOOK_RECOVERY.ID.eq(id))
                        .and(IS_RUNNING)
                        .execute()
                == 1;
    }

    /** The update asks for the state once more: a row may have been sent and delivered since it was found. */
    @Override
    public Requeued requeueFailed(Tx tx, Recovery recovery, @Nullable Cursor after, int limit) {
        JooqTx own = JooqTx.of(tx);
        DSLContext dsl = own.dsl();
        List<Cursor> found = dsl.select(MATRIX_WEBHOOK_DELIVERY.CREATED_AT, MATRIX_WEBHOOK_DELIVERY.ID)
                .from(MATRIX_WEBHOOK_DELIVERY)
                .where(MATRIX_WEBHOOK_DELIVERY.ENDPOINT_ID.eq(recovery.endpointId()))
                .and(MATRIX_WEBHOOK_DELIVERY.CREATED_AT.ge(recovery.since()))
                .and(MATRIX_WEBHOOK_DELIVERY.CREATED_AT.lt(recovery.until()))
                .and(
                        after == null
                                ? noCondition()
                                : row(MATRIX_WEBHOOK_DELIVERY.CREATED_AT, MATRIX_WEBHOOK_DELIVERY.ID)
                                        .gt(row(val(after.at()), val(after.id()))))
                .and(IS_FAILED)
                .orderBy(MATRIX_WEBHOOK_DELIVERY.CREATED_AT, MATRIX_WEBHOOK_DELIVERY.ID)
                .limit(limit)
                .fetch(one -> new Cursor(one.value1(), one.value2()));
        if (found.isEmpty()) {
            return new Requeued(0, null);
        }
        List<String> requeued = dsl.update(MATRIX_WEBHOOK_DELIVERY)
                .set(MATRIX_WEBHOOK_DELIVERY.STATE, States.QUEUED)
                .set(MATRIX_WEBHOOK_DELIVERY.CAUSE, Trigger.RECOVERY.name())
                .set(MATRIX_WEBHOOK_DELIVERY.VERSION, MATRIX_WEBHOOK_DELIVERY.VERSION.plus(1L))
                .set(MATRIX_WEBHOOK_DELIVERY.ATTEMPTS, 0)
                .set(MATRIX_WEBHOOK_DELIVERY.DEFERRALS, 0)
                .setNull(MATRIX_WEBHOOK_DELIVERY.FIRST_REQUEST_AT)
                .set(MATRIX_WEBHOOK_DELIVERY.OPEN_SUBJECT, Queue.OPEN_SUBJECT)
                .setNull(MATRIX_WEBHOOK_DELIVERY.DUE_AT)
                .setNull(MATRIX_WEBHOOK_DELIVERY.FINISHED_AT)
                .setNull(MATRIX_WEBHOOK_DELIVERY.EXHAUSTED_AT)
                .setNull(MATRIX_WEBHOOK_DELIVERY.END_REASON)
                .where(MATRIX_WEBHOOK_DELIVERY.ID.eq(
                        any(found.stream().map(Cursor::id).toArray(String[]::new))))
                .and(IS_FAILED)
                .returningResult(MATRIX_WEBHOOK_DELIVERY.ID)
                .fetch(MATRIX_WEBHOOK_DELIVERY.ID);
        Queue.add(own, recovery.endpointId(), requeued);
        return new Requeued(requeued.size(), found.get(found.size() - 1));
    }

    @Override
    public int purge(Tx tx, Instant before, int limit) {
        Condition over = MATRIX_WEBHOOK_RECOVERY.FINISHED_AT.lt(before);
        return Purge.oldest(JooqTx.of(tx), MATRIX_WEBHOOK_RECOVERY, over, MATRIX_WEBHOOK_RECOVERY.FINISHED_AT, limit)
                .size();
    }

    @Override
    public Set<String> routed(Tx tx, String endpointId, Collection<String> eventIds) {
        return JooqTx.of(tx)
                .dsl()
                .select(MATRIX_WEBHOOK_DELIVERY.EVENT_ID)
                .from(MATRIX_WEBHOOK_DELIVERY)
                .where(MATRIX_WEBHOOK_DELIVERY.ENDPOINT_ID.eq(endpointId))
                .and(MATRIX_WEBHOOK_DELIVERY.EVENT_ID.eq(any(eventIds.toArray(String[]::new))))
                .fetchSet(MATRIX_WEBHOOK_DELIVERY.EVENT_ID);
    }
}
