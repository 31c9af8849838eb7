package dev.matrix.webhooks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one endpoint.
 *
 * @param id {@code whd_…}
 * @param trigger what made it
 * @param version raised by each retry of a finished delivery; an answer for an older one changes nothing
 * @param attempts requests that count in the retry schedule
 * @param deferrals requests that the receiver throttled and that don't count
 * @param dueAt when it is sent next; null for at once, or when it is over
 * @param finishedAt when it ended; null while open
 * @param endReason why it ended, other than by an attempt
 * @param lastStatus the last request's HTTP status
 * @param lastError the last request's error
 */
public record Delivery(
        String id,
        String endpointId,
        String eventId,
        String type,
        String subject,
        DeliveryState state,
        Trigger trigger,
        long version,
        int attempts,
        int deferrals,
        Instant createdAt,
        @Nullable Instant dueAt,
        @Nullable Instant finishedAt,
        @Nullable EndReason endReason,
        @Nullable Integer lastStatus,
        @Nullable AttemptError lastError) {}
