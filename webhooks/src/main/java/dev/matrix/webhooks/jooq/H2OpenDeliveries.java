package dev.matrix.webhooks.jooq;

import static dev.matrix.jooq.Subqueries.notExists;
import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_DELIVERY;
import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_QUEUE;
import static org.jooq.impl.DSL.all;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import dev.matrix.jooq.JooqTx;
import dev.matrix.webhooks.jooq.generated.tables.MatrixWebhookDelivery;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.EndpointShare;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.OrderField;

/** Two statements an endpoint. */
final class H2OpenDeliveries implements OpenDeliveries {

    @Override
    public List<String> freshEndpoints(JooqTx tx, String after, Set<String> watched, int limit) {
        return tx.dsl()
                .selectDistinct(MATRIX_WEBHOOK_QUEUE.ENDPOINT_ID)
                .from(MATRIX_WEBHOOK_QUEUE)
                .where(MATRIX_WEBHOOK_QUEUE.ENDPOINT_ID.gt(after))
                .and(MATRIX_WEBHOOK_QUEUE.ENDPOINT_ID.ne(all(watched.toArray(String[]::new))))
                .orderBy(MATRIX_WEBHOOK_QUEUE.ENDPOINT_ID)
                .limit(limit)
                .fetch(MATRIX_WEBHOOK_QUEUE.ENDPOINT_ID);
    }

    @Override
    public Set<String> retrying(JooqTx tx, Collection<String> endpointIds) {
        return tx.dsl()
                .selectDistinct(MATRIX_WEBHOOK_DELIVERY.ENDPOINT_ID)
                .from(MATRIX_WEBHOOK_DELIVERY)
                .where(MATRIX_WEBHOOK_DELIVERY.ENDPOINT_ID.eq(any(endpointIds.toArray(String[]::new))))
                .and(MATRIX_WEBHOOK_DELIVERY.DUE_AT.isNotNull())
                .fetchSet(MATRIX_WEBHOOK_DELIVERY.ENDPOINT_ID);
    }

    @Override
    public List<DeliveryRow> due(JooqTx tx, List<EndpointShare> shares, Instant now) {
        List<DeliveryRow> due = new ArrayList<>();
        for (EndpointShare share : shares) {
            List<DeliveryRow> retrying =
                    rows(tx, share, MATRIX_WEBHOOK_DELIVERY.DUE_AT.le(now), MATRIX_WEBHOOK_DELIVERY.DUE_AT);
            List<DeliveryRow> queued = rows(tx, share, isQueued(share.endpointId()), MATRIX_WEBHOOK_DELIVERY.ID);
            due.addAll(share.inTurn(retrying, queued));
        }
        return due;
    }

    private static Condition isQueued(String endpointId) {
        return MATRIX_WEBHOOK_DELIVERY.ID.in(select(MATRIX_WEBHOOK_QUEUE.DELIVERY_ID)
                .from(MATRIX_WEBHOOK_QUEUE)
                .where(MATRIX_WEBHOOK_QUEUE.ENDPOINT_ID.eq(endpointId)));
    }

    private static List<DeliveryRow> rows(JooqTx tx, EndpointShare share, Condition due, OrderField<?> order) {
        return tx.dsl()
                .selectFrom(MATRIX_WEBHOOK_DELIVERY)
                .where(MATRIX_WEBHOOK_DELIVERY.ENDPOINT_ID.eq(share.endpointId()))
                .and(due)
                .and(MATRIX_WEBHOOK_DELIVERY.ID.ne(all(share.inHand().toArray(String[]::new))))
                .and(share.perSubject() ? isInTurn() : noCondition())
                .orderBy(order)
                .limit(share.limit())
                .fetch(DeliveryRows::delivery);
    }

    private static Condition isInTurn() {
        MatrixWebhookDelivery earlier = MATRIX_WEBHOOK_DELIVERY.as("earlier");
        return notExists(selectOne()
                .from(earlier)
                .where(earlier.ENDPOINT_ID.eq(MATRIX_WEBHOOK_DELIVERY.ENDPOINT_ID))
                .and(earlier.OPEN_SUBJECT.eq(MATRIX_WEBHOOK_DELIVERY.OPEN_SUBJECT))
                .and(earlier.EVENT_ID.lt(MATRIX_WEBHOOK_DELIVERY.EVENT_ID)));
    }
}
