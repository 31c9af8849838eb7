package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code invoice.created}: an invoice became final.
 *
 * @param lines net of tax
 * @param subtotal net of tax
 * @param total subtotal and tax
 * @param taxReference the tax transaction behind it
 */
public record InvoiceCreated(
        String id,
        Owner owner,
        String number,
        @Nullable String subscriptionId,
        List<Line> lines,
        Money subtotal,
        Money tax,
        Money total,
        Instant issuedAt,
        @Nullable Instant dueAt,
        @Nullable String taxReference)
        implements EventPayload {

    public InvoiceCreated {
        Checks.subject(id, owner);
        Checks.text(number, "InvoiceCreated.number");
        Checks.sum(total, "InvoiceCreated.total", subtotal, tax);
        lines = List.copyOf(lines);
    }

    @Override
    public EventType type() {
        return EventTypes.INVOICE_CREATED;
    }
}
