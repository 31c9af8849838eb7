package dev.matrix.webhooks.jooq;

import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_ATTEMPT;
import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_DELIVERY;
import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_QUEUE;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.webhooks.Attempt;
import dev.matrix.webhooks.DeliveryQuery;
import dev.matrix.webhooks.EndReason;
import dev.matrix.webhooks.Trigger;
import dev.matrix.webhooks.spi.AttemptResult;
import dev.matrix.webhooks.spi.DeliveryCursor;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.DeliveryStore;
import dev.matrix.webhooks.spi.EndpointShare;
import dev.matrix.webhooks.spi.NewDelivery;
import dev.matrix.webhooks.spi.Routed;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** {@link DeliveryStore} in tables {@code matrix_webhook_delivery} and {@code matrix_webhook_attempt}. */
final class JooqDeliveryStore implements DeliveryStore {

    static final Condition IS_TEST = MATRIX_WEBHOOK_DELIVERY.CAUSE.eq(inline(Trigger.TEST.name()));

    private final Routing routing;
    private final OpenDeliveries open;
    private final Completion completion;

    JooqDeliveryStore(Routing routing, OpenDeliveries open, Completion completion) {
        this.routing = routing;
        this.open = open;
        this.completion = completion;
    }

    @Override
    public Routed route(Tx tx, List<NewDelivery> rows, Map<Owner, Long> routingVersions) {
        return routing.route(JooqTx.of(tx), rows, routingVersions);
    }

    @Override
    public List<String> freshEndpoints(Tx tx, @Nullable String after, Set<String> watched, int limit) {
        return open.freshEndpoints(JooqTx.of(tx), after == null ? "" : after, watched, limit);
    }

    @Override
    public Set<String> retrying(Tx tx, Collection<String> endpointIds) {
        return open.retrying(JooqTx.of(tx), endpointIds);
    }

    @Override
    public List<DeliveryRow> due(Tx tx, List<EndpointShare> shares, Instant now) {
        return open.due(JooqTx.of(tx), shares, now);
    }

    @Override
    public Set<String> complete(Tx tx, List<AttemptResult> results) {
        return completion.complete(JooqTx.of(tx), results);
    }

    @Override
    public Set<String> requeue(Tx tx, String endpointId, List<String> ids) {
        JooqTx own = JooqTx.of(tx);
        Set<String> queued = new HashSet<>(own.dsl()
                .update(MATRIX_WEBHOOK_DELIVERY)
                .set(
                        MATRIX_WEBHOOK_DELIVERY.VERSION,
                        MATRIX_WEBHOOK_DELIVERY.VERSION.plus(
                                when(States.IS_OPEN, 0L).otherwise(1L)))
                .set(
                        MATRIX_WEBHOOK_DELIVERY.ATTEMPTS,
                        when(States.IS_OPEN, MATRIX_WEBHOOK_DELIVERY.ATTEMPTS).otherwise(0))
                .set(
                        MATRIX_WEBHOOK_DELIVERY.DEFERRALS,
                        when(States.IS_OPEN, MATRIX_WEBHOOK_DELIVERY.DEFERRALS).otherwise(0))
                .set(
                        MATRIX_WEBHOOK_DELIVERY.FIRST_REQUEST_AT,
                        when(States.IS_OPEN, MATRIX_WEBHOOK_DELIVERY.FIRST_REQUEST_AT))
                .set(
                        MATRIX_WEBHOOK_DELIVERY.CAUSE,
                        when(States.IS_OPEN.or(IS_TEST), MATRIX_WEBHOOK_DELIVERY.CAUSE)
                                .otherwise(Trigger.MANUAL.name()))
                .set(MATRIX_WEBHOOK_DELIVERY.STATE, States.QUEUED)
                .set(MATRIX_WEBHOOK_DELIVERY.OPEN_SUBJECT, Queue.OPEN_SUBJECT)
                .setNull(MATRIX_WEBHOOK_DELIVERY.DUE_AT)
                .setNull(MATRIX_WEBHOOK_DELIVERY.FINISHED_AT)
                .setNull(MATRIX_WEBHOOK_DELIVERY.EXHAUSTED_AT)
                .setNull(MATRIX_WEBHOOK_DELIVERY.END_REASON)
                .where(MATRIX_WEBHOOK_DELIVERY.ID.eq(any(ids.toArray(String[]::new))))
                .and(MATRIX_WEBHOOK_DELIVERY.ENDPOINT_ID.eq(endpointId))
                .and(States.IS_NOT_EXPIRED)
                .returningResult(MATRIX_WEBHOOK_DELIVERY.ID)
                .fetch(MATRIX_WEBHOOK_DELIVERY.ID));
        Queue.add(own, endpointId, queued);
        return queued;
    }

    /** Many rows are locked as they are found, passing over those that are locked; one is waited for. */
    @Override
    public int endOpen(
            Tx tx, String endpointId, @Nullable String deliveryId, EndReason reason, Instant now, int limit) {
        JooqTx own = JooqTx.of(tx);
        List<String> ids = deliveryId != null ? List.of(deliveryId) : lockOpen(own, endpointId, limit);
        List<String> ended = own.dsl()
                .update(MATRIX_WEBHOOK_DELIVERY)
                .set(MATRIX_WEBHOOK_DELIVERY.STATE, States.code(reason.state()))
                .setNull(MATRIX_WEBHOOK_DELIVERY.OPEN_SUBJECT)
                .setNull(MATRIX_WEBHOOK_DELIVERY.DUE_AT)
                .set(MATRIX_WEBHOOK_DELIVERY.FINISHED_AT, now)
                .set(MATRIX_WEBHOOK_DELIVERY.END_REASON, reason.name())
                .where(MATRIX_WEBHOOK_DELIVERY.ID.eq(any(ids.toArray(String[]::new))))
                .and(MATRIX_WEBHOOK_DELIVERY.ENDPOINT_ID.eq(endpointId))
                .and(States.IS_OPEN)
                .returningResult(MATRIX_WEBHOOK_DELIVERY.ID)
                .fetch(MATRIX_WEBHOOK_DELIVERY.ID);
        Queue.remove(own, endpointId, ended);
        return ended.size();
    }

    private static List<String> lockOpen(JooqTx tx, String endpointId, int limit) {
        var queued = select(MATRIX_WEBHOOK_QUEUE.DELIVERY_ID)
                .from(MATRIX_WEBHOOK_QUEUE)
                .where(MATRIX_WEBHOOK_QUEUE.ENDPOINT_ID.eq(endpointId))
                .limit(limit);
        var retrying = select(MATRIX_WEBHOOK_DELIVERY.ID)
                .from(MATRIX_WEBHOOK_DELIVERY)
                .where(MATRIX_WEBHOOK_DELIVERY.ENDPOINT_ID.eq(endpointId))
                .and(MATRIX_WEBHOOK_DELIVERY.DUE_AT.isNotNull())
                .limit(limit);
        String[] found = tx.dsl().fetch(queued.unionAll(retrying)).stream()
                .map(row -> row.value1())
                .limit(limit)
                .toArray(String[]::new);
        return tx.dsl()
                .select(MATRIX_WEBHOOK_DELIVERY.ID)
                .from(MATRIX_WEBHOOK_DELIVERY)
                .where(MATRIX_WEBHOOK_DELIVERY.ID.eq(any(found)))
                .and(States.IS_OPEN)
                .forUpdate()
                .skipLocked()
                .fetch(MATRIX_WEBHOOK_DELIVERY.ID);
    }

    @Override
    public Optional<DeliveryRow> find(Tx tx, String id) {
        return JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_WEBHOOK_DELIVERY)
                .where(MATRIX_WEBHOOK_DELIVERY.ID.eq(id))
                .fetchOptional(DeliveryRows::delivery);
    }

    @Override
    public Page<DeliveryRow> page(Tx tx, Owner owner, DeliveryQuery query, PageRequest page) {
        List<DeliveryRow> found = JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_WEBHOOK_DELIVERY)
                .where(matches(query))
                .and(Owners.are(MATRIX_WEBHOOK_DELIVERY.OWNER_TYPE, MATRIX_WEBHOOK_DELIVERY.OWNER_ID, owner))
                .and(page.cursor() == null ? noCondition() : isAfter(DeliveryCursor.parse(page.cursor())))
                .orderBy(MATRIX_WEBHOOK_DELIVERY.CREATED_AT, MATRIX_WEBHOOK_DELIVERY.ID)
                .limit(page.limit() + 1)
                .fetch(DeliveryRows::delivery);
        return Page.of(found, page, DeliveryCursor::after);
    }

    private static Condition isAfter(DeliveryCursor last) {
        return row(MATRIX_WEBHOOK_DELIVERY.CREATED_AT, MATRIX_WEBHOOK_DELIVERY.ID)
                .gt(row(last.createdAt(), last.id()));
    }

    private static Condition matches(DeliveryQuery query) {
        Condition condition = MATRIX_WEBHOOK_DELIVERY.ENDPOINT_ID.eq(query.endpointId());
        if (query.state() != null) {
            condition = condition.and(MATRIX_WEBHOOK_DELIVERY.STATE.eq(inline(States.code(query.state()))));
        }
        if (query.type() != null) {
            condition = condition.and(MATRIX_WEBHOOK_DELIVERY.TYPE.eq(query.type()));
        }
        if (query.since() != null) {
            condition = condition.and(MATRIX_WEBHOOK_DELIVERY.CREATED_AT.ge(query.since()));
        }
        if (query.until() != null) {
            condition = condition.and(MATRIX_WEBHOOK_DELIVERY.CREATED_AT.lt(query.until()));
        }
        return condition;
    }

    @Override
    public Page<Attempt> attempts(Tx tx, String deliveryId, PageRequest page) {
        List<Attempt> found = JooqTx.of(tx)
                .dsl()
                .selectFrom(MATRIX_WEBHOOK_ATTEMPT)
                .where(MATRIX_WEBHOOK_ATTEMPT.DELIVERY_ID.eq(deliveryId))
                .and(page.cursor() == null ? noCondition() : MATRIX_WEBHOOK_ATTEMPT.ID.gt(page.cursor()))
                .orderBy(MATRIX_WEBHOOK_ATTEMPT.ID)
                .limit(page.limit() + 1)
                .fetch(AttemptRows::attempt);
        return Page.of(found, page, Attempt::id);
    }

    /** Ids are in the order of their making, so the oldest come first in the key's index and no other is needed. */
    @Override
    public int purge(Tx tx, Instant before, int limit) {
        DSLContext dsl = JooqTx.of(tx).dsl();
        var oldest = dsl.select(MATRIX_WEBHOOK_ATTEMPT.ID, MATRIX_WEBHOOK_ATTEMPT.STARTED_AT)
                .from(MATRIX_WEBHOOK_ATTEMPT)
                .orderBy(MATRIX_WEBHOOK_ATTEMPT.ID)
                .limit(limit)
                .asTable("oldest");
        return dsl.deleteFrom(MATRIX_WEBHOOK_ATTEMPT)
                .where(MATRIX_WEBHOOK_ATTEMPT.ID.in(select(oldest.field(MATRIX_WEBHOOK_ATTEMPT.ID))
                        .from(oldest)
                        .where(oldest.field(MATRIX_WEBHOOK_ATTEMPT.STARTED_AT).lt(before))))
                .and(MATRIX_WEBHOOK_ATTEMPT.STARTED_AT.lt(before))
                .execute();
    }
}
