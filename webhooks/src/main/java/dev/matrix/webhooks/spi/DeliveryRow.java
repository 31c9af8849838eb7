package dev.matrix.webhooks.spi;

import dev.matrix.webhooks.Delivery;
import dev.matrix.webhooks.DeliveryState;
import dev.matrix.webhooks.EndReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery with what only its store and the dispatcher need.
 *
 * @param delivery the delivery
 * @param requests requests sent so far, whatever they came to
 * @param firstRequestAt when the first request of this version began; null before
 */
public record DeliveryRow(
        Delivery delivery, int requests, @Nullable Instant firstRequestAt) {

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
        return new DeliveryRow(delivery, 0, null);
    }

    /** This row due now: an open one as it is, a finished one anew, with a higher version and no attempts counted. */
    public DeliveryRow requeued(Instant now) {
        Delivery d = delivery;
        boolean open = d.state().isOpen();
        Delivery due = new Delivery(
                d.id(),
                d.endpointId(),
                d.eventId(),
                d.type(),
                d.subject(),
                open ? d.state() : DeliveryState.QUEUED,
                d.trigger(),
                open ? d.version() : d.version() + 1,
                open ? d.attempts() : 0,
                open ? d.deferrals() : 0,
                d.createdAt(),
                d.state() == DeliveryState.RETRYING ? now : null,
                null,
                null,
                d.lastStatus(),
                d.lastError());
        return new DeliveryRow(due, requests, open ? firstRequestAt : null);
    }

    /** This row ended without a further attempt. */
    public DeliveryRow cancelled(EndReason reason, Instant now) {
        Delivery d = delivery;
        Delivery cancelled = new Delivery(
                d.id(),
                d.endpointId(),
                d.eventId(),
                d.type(),
                d.subject(),
                DeliveryState.CANCELLED,
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
        return new DeliveryRow(cancelled, requests, firstRequestAt);
    }
}
