package dev.matrix.webhooks.spi;

import dev.matrix.core.Owner;
import dev.matrix.webhooks.Trigger;
import java.time.Instant;

/**
 * A delivery to insert, QUEUED.
 *
 * @param routedFor the owner whose routes led to it
 */
public record NewDelivery(
        String id,
        Owner routedFor,
        String endpointId,
        String eventId,
        String type,
        String subject,
        Trigger trigger,
        Instant createdAt) {}
