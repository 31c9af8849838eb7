package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code invoice.failed}: an attempt to collect an invoice failed.
 *
 * @param attempt counted from 1
 * @param code the provider's
 * @param nextAttemptAt null after the last attempt
 */
public record InvoiceFailed(
        String id,
        Owner owner,
        String number,
        @Nullable String subscriptionId,
        Money amountDue,
        int attempt,
        @Nullable String code,
        @Nullable Instant nextAttemptAt)
        implements EventPayload {

    public InvoiceFailed {
        Checks.subject(id, owner);
        Checks.text(number, "InvoiceFailed.number");
        Checks.atLeast(1, attempt, "InvoiceFailed.attempt");
    }

    @Override
    public EventType type() {
        return EventTypes.INVOICE_FAILED;
    }
}
