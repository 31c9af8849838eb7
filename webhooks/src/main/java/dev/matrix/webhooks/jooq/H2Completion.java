package dev.matrix.webhooks.jooq;

import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_ATTEMPT;
import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_DELIVERY;
import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_LEASE;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.spi.HttpReply.Timing;
import dev.matrix.jooq.JooqTx;
import dev.matrix.webhooks.Attempt;
import dev.matrix.webhooks.Delivery;
import dev.matrix.webhooks.DeliveryState;
import dev.matrix.webhooks.spi.AttemptResult;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Query;
import org.jspecify.annotations.Nullable;

/** Statements for each row: H2 is in the process, so a round trip costs nothing. */
final class H2Completion implements Completion {

    @Override
    public Set<String> complete(JooqTx tx, List<AttemptResult> results) {
        Map<String, Long> held = lock(tx, results);
        Set<String> moved = new HashSet<>();
        for (AttemptResult result : results) {
            Long token = held.get(result.after().endpointId());
            boolean moves = token != null && token == result.leaseToken() && move(tx, result);
            if (moves) {
                moved.add(result.after().id());
                Queue.remove(
                        tx, result.after().endpointId(), List.of(result.after().id()));
            }
            tx.insertIfAbsent(log(result.attempt(), !moves));
        }
        return moved;
    }

    private static Map<String, Long> lock(JooqTx tx, List<AttemptResult> results) {
        String[] endpoints =
                results.stream().map(result -> result.after().endpointId()).toArray(String[]::new);
        return tx.dsl()
                .select(MATRIX_WEBHOOK_LEASE.ENDPOINT_ID, MATRIX_WEBHOOK_LEASE.TOKEN)
                .from(MATRIX_WEBHOOK_LEASE)
                .where(MATRIX_WEBHOOK_LEASE.ENDPOINT_ID.eq(any(endpoints)))
                .and(MATRIX_WEBHOOK_LEASE.LEASE_UNTIL.isNotNull())
                .orderBy(MATRIX_WEBHOOK_LEASE.ENDPOINT_ID)
                .forUpdate()
                .fetchMap(MATRIX_WEBHOOK_LEASE.ENDPOINT_ID, MATRIX_WEBHOOK_LEASE.TOKEN);
    }

    private static boolean move(JooqTx tx, AttemptResult result) {
        Delivery after = result.after();
        return tx.dsl()
                        .update(MATRIX_WEBHOOK_DELIVERY)
                        .set(MATRIX_WEBHOOK_DELIVERY.STATE, States.code(after.state()))
                        .set(MATRIX_WEBHOOK_DELIVERY.ATTEMPTS, after.attempts())
                        .set(MATRIX_WEBHOOK_DELIVERY.DEFERRALS, after.deferrals())
                        .set(MATRIX_WEBHOOK_DELIVERY.REQUESTS, result.requests())
                        .set(MATRIX_WEBHOOK_DELIVERY.FIRST_REQUEST_AT, result.firstRequestAt())
                        .set(MATRIX_WEBHOOK_DELIVERY.DUE_AT, after.dueAt())
                        .set(
                                MATRIX_WEBHOOK_DELIVERY.OPEN_SUBJECT,
                                after.state().isOpen()
                                        ? Queue.OPEN_SUBJECT
                                        : inline(null, MATRIX_WEBHOOK_DELIVERY.OPEN_SUBJECT))
                        .set(MATRIX_WEBHOOK_DELIVERY.FINISHED_AT, after.finishedAt())
                        .set(MATRIX_WEBHOOK_DELIVERY.EXHAUSTED_AT, exhaustedAt(after))
                        .set(MATRIX_WEBHOOK_DELIVERY.END_REASON, name(after.endReason()))
                        .set(MATRIX_WEBHOOK_DELIVERY.LAST_STATUS, after.lastStatus())
                        .set(MATRIX_WEBHOOK_DELIVERY.LAST_ERROR, name(after.lastError()))
                        .where(MATRIX_WEBHOOK_DELIVERY.ID.eq(after.id()))
                        .and(MATRIX_WEBHOOK_DELIVERY.VERSION.eq(after.version()))
                        .and(MATRIX_WEBHOOK_DELIVERY.REQUESTS.lt(result.requests()))
                        .and(States.IS_OPEN)
                        .execute()
                == 1;
    }

    private static @Nullable Instant exhaustedAt(Delivery after) {
        return after.state() == DeliveryState.EXHAUSTED ? after.finishedAt() : null;
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }

    private static Query log(Attempt attempt, boolean late) {
        Timing timing = attempt.timing();
        return insertInto(MATRIX_WEBHOOK_ATTEMPT)
                .set(MATRIX_WEBHOOK_ATTEMPT.ID, attempt.id())
                .set(MATRIX_WEBHOOK_ATTEMPT.DELIVERY_ID, attempt.deliveryId())
                .set(MATRIX_WEBHOOK_ATTEMPT.ENDPOINT_ID, attempt.endpointId())
                .set(MATRIX_WEBHOOK_ATTEMPT.NUMBER, attempt.number())
                .set(MATRIX_WEBHOOK_ATTEMPT.STARTED_AT, attempt.startedAt())
                .set(MATRIX_WEBHOOK_ATTEMPT.OUTCOME, attempt.outcome().name())
                .set(MATRIX_WEBHOOK_ATTEMPT.STATUS, attempt.status())
                .set(MATRIX_WEBHOOK_ATTEMPT.ERROR, name(attempt.error()))
                .set(MATRIX_WEBHOOK_ATTEMPT.URL, attempt.url())
                .set(MATRIX_WEBHOOK_ATTEMPT.KEY_IDS, AttemptRows.keyIds(attempt))
                .set(MATRIX_WEBHOOK_ATTEMPT.REMOTE_ADDRESS, attempt.remoteAddress())
                .set(MATRIX_WEBHOOK_ATTEMPT.REPLY_HEADERS, ReplyHeaders.encode(attempt.replyHeaders()))
                .set(MATRIX_WEBHOOK_ATTEMPT.REPLY_BODY, attempt.replyBody())
                .set(MATRIX_WEBHOOK_ATTEMPT.TRUNCATED, attempt.truncated())
                .set(MATRIX_WEBHOOK_ATTEMPT.LATE, late)
                .set(MATRIX_WEBHOOK_ATTEMPT.DNS_MICROS, AttemptRows.micros(timing.dns()))
                .set(MATRIX_WEBHOOK_ATTEMPT.CONNECT_MICROS, AttemptRows.micros(timing.connect()))
                .set(MATRIX_WEBHOOK_ATTEMPT.TLS_MICROS, AttemptRows.micros(timing.tls()))
                .set(MATRIX_WEBHOOK_ATTEMPT.FIRST_BYTE_MICROS, AttemptRows.micros(timing.firstByte()))
                .set(MATRIX_WEBHOOK_ATTEMPT.TOTAL_MICROS, AttemptRows.micros(timing.total()));
    }
}
