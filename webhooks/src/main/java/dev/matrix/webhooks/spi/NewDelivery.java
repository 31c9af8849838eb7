package dev.matrix.webhooks.spi;

import dev.matrix.core.Owner;
import dev.matrix.webhooks.Ordering;
import dev.matrix.webhooks.Trigger;
import java.time.Instant;

/**
 * A delivery to insert, QUEUED.
 *
 * @param routedFor the owner whose routes led to it
 * @param ordering the endpoint's, as it is routed
 */
public record NewDelivery(
        String id,
        Owner routedFor,
        String endpointId,
        String eventId,
        String type,
        String subject,
        Trigger trigger,
        Ordering ordering,
        Instant createdAt) {

    /** Whether it waits its turn within its subject. */
    public boolean isOrdered() {
        return ordering == Ordering.PER_SUBJECT;
    }
}
