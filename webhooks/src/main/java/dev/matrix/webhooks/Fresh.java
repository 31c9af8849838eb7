package dev.matrix.webhooks;

import dev.matrix.core.event.StoredEvent;
import dev.matrix.webhooks.spi.NewDelivery;

/**
 * A delivery as it was routed, with what it needs to be sent.
 *
 * @param endpointVersion the endpoint's, which the routes had
 */
record Fresh(NewDelivery row, long endpointVersion, StoredEvent event) {

    String endpointId() {
        return row.endpointId();
    }
}
