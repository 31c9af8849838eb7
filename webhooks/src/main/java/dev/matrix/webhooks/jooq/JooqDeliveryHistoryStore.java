package dev.matrix.webhooks.jooq;

import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_ATTEMPT;
import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_DELIVERY;
import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_LEASE;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.webhooks.AttemptError;
import dev.matrix.webhooks.Delivery;
import dev.matrix.webhooks.DeliveryState;
import dev.matrix.webhooks.spi.DeliveryHistoryStore;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** {@link DeliveryHistoryStore} in tables {@code matrix_webhook_delivery} and {@code matrix_webhook_attempt}. */
final class JooqDeliveryHistoryStore implements DeliveryHistoryStore {

    private static final String NO_HEADERS = ReplyHeaders.encode(Map.of());

    private static Condition created(String endpointId, Instant since, Instant until) {
        return MATRIX_WEBHOOK_DELIVERY
                .ENDPOINT_ID
                .eq(endpointId)
                .and(MATRIX_WEBHOOK_DELIVERY.CREATED_AT.ge(since))
                .and(MATRIX_WEBHOOK_DELIVERY.CREATED_AT.lt(until));
    }

    @Override
    public List<Group> count(Tx tx, String endpointId, Instant since, Instant until) {
        return JooqTx.of(tx)
                .dsl()
                .select(
                        MATRIX_WEBHOOK_DELIVERY.STATE,
                        MATRIX_WEBHOOK_DELIVERY.LAST_ERROR,
                        DSL.count(),
                        sum(MATRIX_WEBHOOK_DELIVERY.REQUESTS),
                        min(MATRIX_WEBHOOK_DELIVERY.CREATED_AT))
                .from(MATRIX_WEBHOOK_DELIVERY)
                .where(created(endpointId, since, until))
                .groupBy(MATRIX_WEBHOOK_DELIVERY.STATE, MATRIX_WEBHOOK_DELIVERY.LAST_ERROR)
                .fetch(row -> new Group(
                        States.of(row.value1()),
                        row.value2() == null ? null : AttemptError.valueOf(row.value2()),
                        row.value3(),
                        row.value4().longValueExact(),
                        row.value5()));
    }

    @Override
    public Map<DeliveryState, Long> states(Tx tx) {
        Map<DeliveryState, Long> counts = new EnumMap<>(DeliveryState.class);
        JooqTx.of(tx)
                .dsl()
                .select(MATRIX_WEBHOOK_DELIVERY.STATE, DSL.count())
                .from(MATRIX_WEBHOOK_DELIVERY)
                .groupBy(MATRIX_WEBHOOK_DELIVERY.STATE)
                .forEach(row -> counts.put(States.of(row.value1()), row.value2().longValue()));
        return counts;
    }

    @Override
    public List<Integer> micros(Tx tx, String endpointId, Instant since, Instant until, int deliveries, int requests) {
        DSLContext dsl = JooqTx.of(tx).dsl();
        var newest = dsl.select(MATRIX_WEBHOOK_DELIVERY.ID, MATRIX_WEBHOOK_DELIVERY.REQUESTS)
                .from(MATRIX_WEBHOOK_DELIVERY)
                .where(created(endpointId, since, until))
                .orderBy(MATRIX_WEBHOOK_DELIVERY.CREATED_AT.desc(), MATRIX_WEBHOOK_DELIVERY.ID.desc())
                .limit(deliveries)
                .asTable("newest");
        return dsl.select(MATRIX_WEBHOOK_ATTEMPT.TOTAL_MICROS)
                .from(newest)
                .join(MATRIX_WEBHOOK_ATTEMPT)
                .on(MATRIX_WEBHOOK_ATTEMPT.DELIVERY_ID.eq(newest.field(MATRIX_WEBHOOK_DELIVERY.ID)))
                .and(MATRIX_WEBHOOK_ATTEMPT.NUMBER.plus(requests).gt(newest.field(MATRIX_WEBHOOK_DELIVERY.REQUESTS)))
                .fetch(MATRIX_WEBHOOK_ATTEMPT.TOTAL_MICROS);
    }

    @Override
    public int exhausted(Tx tx, String endpointId, Instant since) {
        return JooqTx.of(tx)
                .dsl()
                .fetchCount(
                        MATRIX_WEBHOOK_DELIVERY,
                        MATRIX_WEBHOOK_DELIVERY
                                .ENDPOINT_ID
                                .eq(endpointId)
                                .and(MATRIX_WEBHOOK_DELIVERY.EXHAUSTED_AT.ge(since)));
    }

    /** Ids are in the order of their making, so the oldest come first in the key's index and no other is needed. */
    @Override
    public Purged purge(Tx tx, @Nullable String after, Instant before, int limit) {
        DSLContext dsl = JooqTx.of(tx).dsl();
        List<Delivery> old = dsl
                .selectFrom(MATRIX_WEBHOOK_DELIVERY)
                .where(MATRIX_WEBHOOK_DELIVERY.ID.gt(after == null ? "" : after))
                .orderBy(MATRIX_WEBHOOK_DELIVERY.ID)
                .limit(limit)
                .fetch(row -> DeliveryRows.delivery(row).delivery())
                .stream()
                .filter(delivery -> delivery.createdAt().isBefore(before))
                .toList();
        String[] over = old.stream()
                .filter(delivery -> !delivery.state().isOpen())
                .map(Delivery::id)
                .toArray(String[]::new);
        int deleted = over.length == 0 ? 0 : delete(dsl, over);
        List<Kept> open = old.stream()
                .filter(delivery -> delivery.state().isOpen())
                .map(one -> new Kept(one.id(), one.endpointId(), one.eventId(), one.trigger()))
                .toList();
        return new Purged(
                deleted, open, old.size() == limit ? old.get(limit - 1).id() : null);
    }

    /** Those that are still over. Their attempts go too: nothing would lead to these any more, not even an erasure. */
    private static int delete(DSLContext dsl, String[] over) {
        String[] deleted = dsl.deleteFrom(MATRIX_WEBHOOK_DELIVERY)
                .where(MATRIX_WEBHOOK_DELIVERY.ID.eq(any(over)))
                .and(States.isOpen(MATRIX_WEBHOOK_DELIVERY.STATE).not())
                .returningResult(MATRIX_WEBHOOK_DELIVERY.ID)
                .fetchArray(MATRIX_WEBHOOK_DELIVERY.ID);
        dsl.deleteFrom(MATRIX_WEBHOOK_ATTEMPT)
                .where(MATRIX_WEBHOOK_ATTEMPT.DELIVERY_ID.eq(any(deleted)))
                .execute();
        return deleted.length;
    }

    /** By way of the endpoints that the owner has had: deliveries have no index by owner, which each would pay for. */
    @Override
    public int eraseReplies(Tx tx, Owner owner) {
        return JooqTx.of(tx)
                .dsl()
                .update(MATRIX_WEBHOOK_ATTEMPT)
                .set(MATRIX_WEBHOOK_ATTEMPT.REPLY_BODY, new byte[0])
                .set(MATRIX_WEBHOOK_ATTEMPT.REPLY_HEADERS, NO_HEADERS)
                .where(MATRIX_WEBHOOK_ATTEMPT.DELIVERY_ID.in(select(MATRIX_WEBHOOK_DELIVERY.ID)
                        .from(MATRIX_WEBHOOK_DELIVERY)
                        .where(MATRIX_WEBHOOK_DELIVERY.ENDPOINT_ID.in(select(MATRIX_WEBHOOK_LEASE.ENDPOINT_ID)
                                .from(MATRIX_WEBHOOK_LEASE)
                                .where(Owners.are(
                                        MATRIX_WEBHOOK_LEASE.OWNER_TYPE, MATRIX_WEBHOOK_LEASE.OWNER_ID, owner))))))
                .and(MATRIX_WEBHOOK_ATTEMPT
                        .REPLY_BODY
                        .ne(new byte[0])
                        .or(MATRIX_WEBHOOK_ATTEMPT.REPLY_HEADERS.ne(NO_HEADERS)))
                .execute();
    }
}
