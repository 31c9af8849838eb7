package dev.matrix.webhooks.jooq;

import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_DELIVERY;

import dev.matrix.jooq.Owners;
import dev.matrix.webhooks.AttemptError;
import dev.matrix.webhooks.Delivery;
import dev.matrix.webhooks.EndReason;
import dev.matrix.webhooks.Trigger;
import dev.matrix.webhooks.spi.DeliveryRow;
import org.jooq.Record;

/** Deliveries as {@code matrix_webhook_delivery} holds them. */
final class DeliveryRows {

    private DeliveryRows() {}

    static DeliveryRow delivery(Record row) {
        String endReason = row.get(MATRIX_WEBHOOK_DELIVERY.END_REASON);
        String lastError = row.get(MATRIX_WEBHOOK_DELIVERY.LAST_ERROR);
        return new DeliveryRow(
                Owners.of(row.get(MATRIX_WEBHOOK_DELIVERY.OWNER_TYPE), row.get(MATRIX_WEBHOOK_DELIVERY.OWNER_ID)),
                new Delivery(
                        row.get(MATRIX_WEBHOOK_DELIVERY.ID),
                        row.get(MATRIX_WEBHOOK_DELIVERY.ENDPOINT_ID),
                        row.get(MATRIX_WEBHOOK_DELIVERY.EVENT_ID),
                        row.get(MATRIX_WEBHOOK_DELIVERY.TYPE),
                        row.get(MATRIX_WEBHOOK_DELIVERY.SUBJECT),
                        States.of(row.get(MATRIX_WEBHOOK_DELIVERY.STATE)),
                        Trigger.valueOf(row.get(MATRIX_WEBHOOK_DELIVERY.CAUSE)),
                        row.get(MATRIX_WEBHOOK_DELIVERY.VERSION),
                        row.get(MATRIX_WEBHOOK_DELIVERY.ATTEMPTS),
                        row.get(MATRIX_WEBHOOK_DELIVERY.DEFERRALS),
                        row.get(MATRIX_WEBHOOK_DELIVERY.CREATED_AT),
                        row.get(MATRIX_WEBHOOK_DELIVERY.DUE_AT),
                        row.get(MATRIX_WEBHOOK_DELIVERY.FINISHED_AT),
                        endReason == null ? null : EndReason.valueOf(endReason),
                        row.get(MATRIX_WEBHOOK_DELIVERY.LAST_STATUS),
                        lastError == null ? null : AttemptError.valueOf(lastError)),
                row.get(MATRIX_WEBHOOK_DELIVERY.REQUESTS),
                row.get(MATRIX_WEBHOOK_DELIVERY.FIRST_REQUEST_AT));
    }
}
