package dev.matrix.webhooks;

import dev.matrix.webhooks.spi.DeliveryRow;

/** A due delivery with the bytes to send. */
record Ready(DeliveryRow row, byte[] body) {

    String id() {
        return row.delivery().id();
    }

    String subject() {
        return row.delivery().subject();
    }
}
