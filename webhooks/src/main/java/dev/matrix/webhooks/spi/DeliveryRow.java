package dev.matrix.webhooks.spi;

import dev.matrix.core.Owner;
import dev.matrix.webhooks.Delivery;
import dev.matrix.webhooks.DeliveryState;
import dev.matrix.webhooks.EndReason;
import dev.matrix.webhooks.Trigger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery with what only its store and the dispatcher need.
 *
 * @param owner the endpoint's
 * @param delivery the delivery
 * @param requests requests sent so far, whatever their outcome
 * @param firstRequestAt when the first request of this version began; null before
 */
public record DeliveryRow(
        Owner owner,
        Delivery delivery,
        int requests,
        @Nullable Instant firstRequestAt) {

    /** A new delivery's row. */
    public static DeliveryRow queued(NewDelivery row) {
        Delivery delivery = new Delivery(
                row.id(),
                row.endpointId(),
                row.eventId(),
                row.type(),
                row.subject(),
                DeliveryState.QUEUED,
                row.trigger(),
                1,
                0,
                0,
                row.createdAt(),
                null,
                null,
                null,
                null,
                null);
        return new DeliveryRow(row.routedFor(), delivery, 0, null);
    }

    /**
     * This row QUEUED: an open one as it is, a finished one from the start, with a higher version and no attempts counted.
     *
     * @param trigger of what begins again; a test stays one
     */
    public DeliveryRow requeued(Trigger trigger) {
        Delivery d = delivery;
        boolean open = d.state().isOpen();
        Delivery due = new Delivery(
                d.id(),
                d.endpointId(),
                d.eventId(),
                d.type(),
                d.subject(),
                DeliveryState.QUEUED,
                open || d.trigger() == Trigger.TEST ? d.trigger() : trigger,
                open ? d.version() : d.version() + 1,
                open ? d.attempts() : 0,
                open ? d.deferrals() : 0,
                d.createdAt(),
                null,
                null,
                null,
                d.lastStatus(),
                d.lastError());
        return new DeliveryRow(owner, due, requests, open ? firstRequestAt : null);
    }

    /** This row ended without a further attempt. */
    public DeliveryRow ended(EndReason reason, Instant now) {
        Delivery d = delivery;
        Delivery ended = new Delivery(
                d.id(),
                d.endpointId(),
                d.eventId(),
                d.type(),
                d.subject(),
                reason.state(),
                d.trigger(),
                d.version(),
                d.attempts(),
                d.deferrals(),
                d.createdAt(),
                null,
                now,
                reason,
                d.lastStatus(),
                d.lastError());
        return new DeliveryRow(owner, ended, requests, firstRequestAt);
    }
}
