package dev.matrix.jooq;

import static dev.matrix.jooq.generated.Tables.MATRIX_EVENT;
import static dev.matrix.jooq.generated.Tables.MATRIX_EVENT_DISPATCH;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.position;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.value;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventFailure;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.SubscriberStatus;
import dev.matrix.core.event.spi.DispatchStore;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Param;
import org.jooq.UpdateSetMoreStep;
import org.jspecify.annotations.Nullable;

/** {@link DispatchStore} in table {@code matrix_event_dispatch}. */
final class JooqDispatchStore implements DispatchStore {

    @Override
    public List<Claim> claim(Tx tx, String subscriber, String node, Instant now, int limit, Duration lease) {
        return new QueueClaim(JooqTx.of(tx), subscriber, now).take(node, limit, now.plus(lease));
    }

    @Override
    public int complete(Tx tx, List<Claim> claims) {
        return JooqTx.of(tx)
                .dsl()
                .deleteFrom(MATRIX_EVENT_DISPATCH)
                .where(held(claims))
                .execute();
    }

    @Override
    public boolean reschedule(Tx tx, Claim held, Instant now, @Nullable Instant due, String error) {
        return put(JooqTx.of(tx).dsl(), due == null ? QueueState.FAILED : QueueState.OPEN, due == null ? now : due)
                        .set(MATRIX_EVENT_DISPATCH.ATTEMPTS, held.attempts())
                        .set(MATRIX_EVENT_DISPATCH.ERROR, error)
                        .where(held(List.of(held)))
                        .execute()
                == 1;
    }

    @Override
    public void handBack(Tx tx, List<Claim> claims, Instant due) {
        put(JooqTx.of(tx).dsl(), QueueState.OPEN, due)
                .set(MATRIX_EVENT_DISPATCH.ATTEMPTS, MATRIX_EVENT_DISPATCH.ATTEMPTS.minus(1))
                .where(held(claims))
                .execute();
    }

    @Override
    public boolean requeue(Tx tx, String subscriber, String eventId, Instant now) {
        return put(JooqTx.of(tx).dsl(), QueueState.OPEN, now)
                        .set(MATRIX_EVENT_DISPATCH.ATTEMPTS, 0)
                        .set(MATRIX_EVENT_DISPATCH.ERROR, "")
                        .where(failed(subscriber))
                        .and(MATRIX_EVENT_DISPATCH.EVENT_ID.eq(eventId))
                        .execute()
                == 1;
    }

    @Override
    public boolean skip(Tx tx, String subscriber, String eventId, String reason) {
        return JooqTx.of(tx)
                        .dsl()
                        .update(MATRIX_EVENT_DISPATCH)
                        .set(MATRIX_EVENT_DISPATCH.STATE, QueueState.SKIPPED)
                        .set(MATRIX_EVENT_DISPATCH.TOKEN, MATRIX_EVENT_DISPATCH.TOKEN.plus(1))
                        .set(MATRIX_EVENT_DISPATCH.ERROR, reason)
                        .where(failed(subscriber))
                        .and(MATRIX_EVENT_DISPATCH.EVENT_ID.eq(eventId))
                        .execute()
                == 1;
    }

    private static UpdateSetMoreStep<?> put(DSLContext dsl, Param<Short> state, Instant dueAt) {
        return dsl.update(MATRIX_EVENT_DISPATCH)
                .set(MATRIX_EVENT_DISPATCH.STATE, state)
                .set(MATRIX_EVENT_DISPATCH.DUE_AT, dueAt)
                .set(MATRIX_EVENT_DISPATCH.NODE, value(null, MATRIX_EVENT_DISPATCH.NODE))
                .set(MATRIX_EVENT_DISPATCH.TOKEN, MATRIX_EVENT_DISPATCH.TOKEN.plus(1));
    }

    /**
     * A row whose token is the claim's is open, as every change of state raises the token. The arrays by themselves lead
     * to the rows by the primary key; a condition on the state would lead PostgreSQL to the index of all open rows.
     */
    private static Condition held(List<Claim> claims) {
        String[] subscribers = claims.stream().map(Claim::subscriber).toArray(String[]::new);
        String[] eventIds = claims.stream().map(Claim::eventId).toArray(String[]::new);
        Long[] tokens = claims.stream().map(Claim::token).toArray(Long[]::new);
        return MATRIX_EVENT_DISPATCH
                .SUBSCRIBER
                .eq(any(Arrays.stream(subscribers).distinct().toArray(String[]::new)))
                .and(MATRIX_EVENT_DISPATCH.EVENT_ID.eq(any(eventIds)))
                .and(condition(
                        "(subscriber, event_id, token) in (select * from unnest({0}, {1}, {2}))",
                        val(subscribers), val(eventIds), val(tokens)));
    }

    private static Condition failed(String subscriber) {
        return MATRIX_EVENT_DISPATCH.SUBSCRIBER.eq(subscriber).and(MATRIX_EVENT_DISPATCH.STATE.eq(QueueState.FAILED));
    }

    @Override
    public Added addMissing(
            Tx tx,
            String subscriber,
            EventQuery query,
            boolean again,
            @Nullable String afterId,
            int limit,
            Instant now) {
        JooqTx own = JooqTx.of(tx);
        String[] seen = own.dsl()
                .select(MATRIX_EVENT.ID)
                .from(MATRIX_EVENT)
                .where(JooqEventStore.matches(query))
                .and(afterId == null ? noCondition() : MATRIX_EVENT.ID.gt(afterId))
                .orderBy(MATRIX_EVENT.ID)
                .limit(limit)
                .fetchArray(MATRIX_EVENT.ID);
        String[] missed = address(own.dsl(), subscriber, seen);
        int count = enqueue(own, subscriber, again ? kept(own, seen) : missed, now);
        return new Added(count, seen.length < limit ? null : seen[seen.length - 1]);
    }

    /** The ids of those that the subscriber was not addressed by so far: a guarded write, so each comes out once ever. */
    private static String[] address(DSLContext dsl, String subscriber, String[] eventIds) {
        String name = subscriber + ",";
        return dsl.update(MATRIX_EVENT)
                .set(MATRIX_EVENT.ADDRESSED, concat(MATRIX_EVENT.ADDRESSED, val(name)))
                .where(MATRIX_EVENT.ID.eq(any(eventIds)))
                .and(position(MATRIX_EVENT.ADDRESSED, "," + name).eq(0))
                .returningResult(MATRIX_EVENT.ID)
                .fetchArray(MATRIX_EVENT.ID);
    }

    /** Those that are still there, locked, so that a purge which doesn't see the new rows yet leaves their events alone. */
    private static String[] kept(JooqTx tx, String[] eventIds) {
        var events = tx.dsl()
                .select(MATRIX_EVENT.ID)
                .from(MATRIX_EVENT)
                .where(MATRIX_EVENT.ID.eq(any(eventIds)))
                .orderBy(MATRIX_EVENT.ID);
        return switch (tx.database()) {
            case POSTGRESQL -> events.forKeyShare().fetchArray(MATRIX_EVENT.ID);
            case H2 -> events.forUpdate().fetchArray(MATRIX_EVENT.ID);
        };
    }

    private static int enqueue(JooqTx tx, String subscriber, String[] eventIds, Instant now) {
        return tx.insertIfAbsent(insertInto(
                        MATRIX_EVENT_DISPATCH,
                        MATRIX_EVENT_DISPATCH.SUBSCRIBER,
                        MATRIX_EVENT_DISPATCH.EVENT_ID,
                        MATRIX_EVENT_DISPATCH.STATE,
                        MATRIX_EVENT_DISPATCH.DUE_AT,
                        MATRIX_EVENT_DISPATCH.TOKEN,
                        MATRIX_EVENT_DISPATCH.ATTEMPTS,
                        MATRIX_EVENT_DISPATCH.ERROR)
                .select(select(
                                val(subscriber),
                                MATRIX_EVENT.ID,
                                QueueState.OPEN,
                                val(now),
                                inline(0L),
                                inline(0),
                                inline(""))
                        .from(MATRIX_EVENT)
                        .where(MATRIX_EVENT.ID.eq(any(eventIds)))));
    }

    @Override
    public int drop(Tx tx, String subscriber, int limit) {
        Condition its = MATRIX_EVENT_DISPATCH.SUBSCRIBER.eq(subscriber);
        return JooqTx.of(tx)
                .dsl()
                .deleteFrom(MATRIX_EVENT_DISPATCH)
                .where(its)
                .and(MATRIX_EVENT_DISPATCH.EVENT_ID.in(select(MATRIX_EVENT_DISPATCH.EVENT_ID)
                        .from(MATRIX_EVENT_DISPATCH)
                        .where(its)
                        .orderBy(MATRIX_EVENT_DISPATCH.EVENT_ID)
                        .limit(limit)))
                .execute();
    }

    @Override
    public Page<EventFailure> failures(Tx tx, String subscriber, PageRequest page) {
        List<EventFailure> failures = JooqTx.of(tx)
                .dsl()
                .select(
                        MATRIX_EVENT_DISPATCH.EVENT_ID,
                        MATRIX_EVENT_DISPATCH.ATTEMPTS,
                        MATRIX_EVENT_DISPATCH.ERROR,
                        MATRIX_EVENT_DISPATCH.DUE_AT)
                .from(MATRIX_EVENT_DISPATCH)
                .where(failed(subscriber))
                .and(page.cursor() == null ? noCondition() : MATRIX_EVENT_DISPATCH.EVENT_ID.gt(page.cursor()))
                .orderBy(MATRIX_EVENT_DISPATCH.EVENT_ID)
                .limit(page.limit() + 1)
                .fetch(row -> new EventFailure(subscriber, row.value1(), row.value2(), row.value3(), row.value4()));
        return Page.of(failures, page, EventFailure::eventId);
    }

    @Override
    public List<SubscriberStatus> status(Tx tx, Set<String> subscribers) {
        Condition open = MATRIX_EVENT_DISPATCH.STATE.eq(QueueState.OPEN);
        Map<String, SubscriberStatus> counted = JooqTx.of(tx)
                .dsl()
                .select(
                        MATRIX_EVENT_DISPATCH.SUBSCRIBER,
                        count().filterWhere(open),
                        min(MATRIX_EVENT_DISPATCH.DUE_AT).filterWhere(open),
                        count().filterWhere(MATRIX_EVENT_DISPATCH.STATE.eq(QueueState.FAILED)))
                .from(MATRIX_EVENT_DISPATCH)
                .where(MATRIX_EVENT_DISPATCH.SUBSCRIBER.eq(any(subscribers.toArray(String[]::new))))
                .groupBy(MATRIX_EVENT_DISPATCH.SUBSCRIBER)
                .fetchMap(
                        MATRIX_EVENT_DISPATCH.SUBSCRIBER,
                        row -> new SubscriberStatus(row.value1(), row.value2(), row.value3(), row.value4()));
        return new TreeSet<>(subscribers)
                .stream()
                        .map(name -> counted.getOrDefault(name, new SubscriberStatus(name, 0, null, 0)))
                        .toList();
    }
}
