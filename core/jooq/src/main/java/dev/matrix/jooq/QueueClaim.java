package dev.matrix.jooq;

import static dev.matrix.jooq.generated.Tables.MATRIX_EVENT_DISPATCH;
import static org.jooq.impl.DSL.any;

import dev.matrix.core.event.spi.DispatchStore.Claim;
import java.time.Instant;
import java.util.List;
import org.jooq.Record3;
import org.jooq.SelectConditionStep;

/**
 * Claims a subscriber's due rows: locks them, passing over those that another transaction has locked, then writes. Two
 * statements, as one that joins what it locked is planned by guesses about the queue, which is empty and full in turns.
 */
record QueueClaim(JooqTx tx, String subscriber, Instant now) {

    List<Claim> take(String node, int limit, Instant until) {
        List<Claim> claims = chosen(lock(limit));
        if (!claims.isEmpty()) {
            tx.dsl()
                    .update(MATRIX_EVENT_DISPATCH)
                    .set(MATRIX_EVENT_DISPATCH.NODE, node)
                    .set(MATRIX_EVENT_DISPATCH.DUE_AT, until)
                    .set(MATRIX_EVENT_DISPATCH.TOKEN, MATRIX_EVENT_DISPATCH.TOKEN.plus(1))
                    .set(MATRIX_EVENT_DISPATCH.ATTEMPTS, MATRIX_EVENT_DISPATCH.ATTEMPTS.plus(1))
                    .where(MATRIX_EVENT_DISPATCH.SUBSCRIBER.eq(subscriber))
                    .and(MATRIX_EVENT_DISPATCH.EVENT_ID.eq(
                            any(claims.stream().map(Claim::eventId).toArray(String[]::new))))
                    .execute();
        }
        return claims;
    }

    private List<Claim> lock(int limit) {
        return switch (tx.database()) {
            case POSTGRESQL -> locked(due(), limit);
            case H2 -> lockWhatIsSeen(limit);
        };
    }

    /** H2 may lock every row that a limited, ordered select matches; so it looks first and locks what it saw by key. */
    private List<Claim> lockWhatIsSeen(int limit) {
        String[] seen = due().orderBy(MATRIX_EVENT_DISPATCH.DUE_AT, MATRIX_EVENT_DISPATCH.EVENT_ID)
                .limit(limit)
                .fetchArray(MATRIX_EVENT_DISPATCH.EVENT_ID);
        return seen.length == 0 ? List.of() : locked(due().and(MATRIX_EVENT_DISPATCH.EVENT_ID.eq(any(seen))), limit);
    }

    private SelectConditionStep<Record3<String, Long, Integer>> due() {
        return tx.dsl()
                .select(MATRIX_EVENT_DISPATCH.EVENT_ID, MATRIX_EVENT_DISPATCH.TOKEN, MATRIX_EVENT_DISPATCH.ATTEMPTS)
                .from(MATRIX_EVENT_DISPATCH)
                .where(MATRIX_EVENT_DISPATCH.SUBSCRIBER.eq(subscriber))
                .and(MATRIX_EVENT_DISPATCH.STATE.eq(QueueState.OPEN))
                .and(MATRIX_EVENT_DISPATCH.DUE_AT.le(now));
    }

    /** The claims that follow if these rows are taken. */
    private List<Claim> locked(SelectConditionStep<Record3<String, Long, Integer>> rows, int limit) {
        return rows.orderBy(MATRIX_EVENT_DISPATCH.DUE_AT, MATRIX_EVENT_DISPATCH.EVENT_ID)
                .limit(limit)
                .forUpdate()
                .skipLocked()
                .fetch(row -> new Claim(subscriber, row.value1(), row.value2() + 1, row.value3() + 1));
    }

    /** A row that was claimed before is claimed alone. */
    private static List<Claim> chosen(List<Claim> locked) {
        boolean alone = !locked.isEmpty() && locked.get(0).attempts() > 1;
        return alone
                ? locked.subList(0, 1)
                : locked.stream().filter(claim -> claim.attempts() == 1).toList();
    }
}
