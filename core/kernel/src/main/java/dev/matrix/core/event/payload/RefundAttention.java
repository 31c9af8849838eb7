package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.time.Instant;

/**
 * {@code refund.attention_required}: a person should look at what {@code id} names, a refund or a payment.
 *
 * @param attention why, in lower snake case, such as funding
 */
public record RefundAttention(String id, Owner owner, String paymentId, String attention, Instant since)
        implements EventPayload {

    public RefundAttention {
        Checks.subject(id, owner);
        Checks.text(paymentId, "RefundAttention.paymentId");
        Checks.word(attention, "RefundAttention.attention");
    }

    @Override
    public EventType type() {
        return EventTypes.REFUND_ATTENTION_REQUIRED;
    }
}
