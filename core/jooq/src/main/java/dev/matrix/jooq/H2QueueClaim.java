package dev.matrix.jooq;

import static dev.matrix.jooq.generated.Tables.MATRIX_EVENT_DISPATCH;
import static org.jooq.impl.DSL.any;

import dev.matrix.core.spi.DispatchStore.Claim;
import java.time.Instant;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** Looks first and locks what it found by key: H2 may lock every matching row of a select that orders. */
final class H2QueueClaim implements QueueClaim {

    @Override
    public List<Claim> claim(JooqTx tx, String subscriber, String node, Instant now, int limit, Instant until) {
        DSLContext dsl = tx.dsl();
        Condition due = MATRIX_EVENT_DISPATCH
                .SUBSCRIBER
                .eq(subscriber)
                .and(MATRIX_EVENT_DISPATCH.STATE.eq(QueueState.OPEN))
                .and(MATRIX_EVENT_DISPATCH.DUE_AT.le(now));
        String[] seen = dsl.select(MATRIX_EVENT_DISPATCH.EVENT_ID)
                .from(MATRIX_EVENT_DISPATCH)
                .where(due)
                .orderBy(MATRIX_EVENT_DISPATCH.DUE_AT, MATRIX_EVENT_DISPATCH.EVENT_ID)
                .limit(limit)
                .fetchArray(MATRIX_EVENT_DISPATCH.EVENT_ID);
        if (seen.length == 0) {
            return List.of();
        }
        List<Claim> claims = chosen(
                dsl.select(MATRIX_EVENT_DISPATCH.EVENT_ID, MATRIX_EVENT_DISPATCH.TOKEN, MATRIX_EVENT_DISPATCH.ATTEMPTS)
                        .from(MATRIX_EVENT_DISPATCH)
                        .where(due)
                        .and(MATRIX_EVENT_DISPATCH.EVENT_ID.eq(any(seen)))
                        .orderBy(MATRIX_EVENT_DISPATCH.DUE_AT, MATRIX_EVENT_DISPATCH.EVENT_ID)
                        .forUpdate()
                        .skipLocked()
                        .fetch(row -> new Claim(subscriber, row.value1(), row.value2() + 1, row.value3() + 1)));
        dsl.update(MATRIX_EVENT_DISPATCH)
                .set(MATRIX_EVENT_DISPATCH.NODE, node)
                .set(MATRIX_EVENT_DISPATCH.DUE_AT, until)
                .set(MATRIX_EVENT_DISPATCH.TOKEN, MATRIX_EVENT_DISPATCH.TOKEN.plus(1))
                .set(MATRIX_EVENT_DISPATCH.ATTEMPTS, MATRIX_EVENT_DISPATCH.ATTEMPTS.plus(1))
                .where(MATRIX_EVENT_DISPATCH.SUBSCRIBER.eq(subscriber))
                .and(MATRIX_EVENT_DISPATCH.EVENT_ID.eq(
                        any(claims.stream().map(Claim::eventId).toArray(String[]::new))))
                .execute();
        return claims;
    }

    private static List<Claim> chosen(List<Claim> locked) {
        boolean alone = !locked.isEmpty() && locked.get(0).attempts() > 1;
        return alone
                ? locked.subList(0, 1)
                : locked.stream().filter(claim -> claim.attempts() == 1).toList();
    }
}
