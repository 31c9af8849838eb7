package dev.matrix.webhooks.jooq;

import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_DELIVERY;
import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_QUEUE;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.matrix.jooq.JooqTx;
import java.util.Collection;
import org.jooq.Field;

/**
 * Table {@code matrix_webhook_queue}: what is QUEUED. Whoever changes a delivery's state writes here in the same transaction,
 * after the delivery, so that rows are locked in one order everywhere.
 */
final class Queue {

    /** What {@code open_subject} is while a delivery is open. */
    static final Field<String> OPEN_SUBJECT = when(MATRIX_WEBHOOK_DELIVERY.ORDERED, MATRIX_WEBHOOK_DELIVERY.SUBJECT);

    private Queue() {}

    static void add(JooqTx tx, String endpointId, Collection<String> deliveryIds) {
        tx.insertIfAbsent(insertInto(MATRIX_WEBHOOK_QUEUE)
                .columns(MATRIX_WEBHOOK_QUEUE.ENDPOINT_ID, MATRIX_WEBHOOK_QUEUE.DELIVERY_ID)
                .select(select(MATRIX_WEBHOOK_DELIVERY.ENDPOINT_ID, MATRIX_WEBHOOK_DELIVERY.ID)
                        .from(MATRIX_WEBHOOK_DELIVERY)
                        .where(MATRIX_WEBHOOK_DELIVERY.ENDPOINT_ID.eq(endpointId))
                        .and(MATRIX_WEBHOOK_DELIVERY.ID.eq(any(deliveryIds.toArray(String[]::new))))));
    }

    static void remove(JooqTx tx, String endpointId, Collection<String> deliveryIds) {
        tx.dsl()
                .deleteFrom(MATRIX_WEBHOOK_QUEUE)
                .where(MATRIX_WEBHOOK_QUEUE.ENDPOINT_ID.eq(endpointId))
                .and(MATRIX_WEBHOOK_QUEUE.DELIVERY_ID.eq(any(deliveryIds.toArray(String[]::new))))
                .execute();
    }
}
