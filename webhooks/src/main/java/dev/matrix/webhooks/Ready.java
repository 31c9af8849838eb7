package dev.matrix.webhooks;

import dev.matrix.webhooks.spi.DeliveryRow;
import java.time.Instant;

/**
 * A due delivery with the bytes to send.
 *
 * @param seenAt when it was as the store had it
 */
record Ready(DeliveryRow row, byte[] body, Instant seenAt) {

    String id() {
        return row.delivery().id();
    }

    String subject() {
        return row.delivery().subject();
    }
}
