package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.time.LocalDate;

/**
 * {@code tax.transaction_committed}: tax on a sale was recorded.
 *
 * @param reference the host's, such as an invoice's number
 */
public record TaxTransactionCommitted(
        String id,
        Owner owner,
        String transactionId,
        String reference,
        Money net,
        Money tax,
        Money gross,
        LocalDate taxDate)
        implements EventPayload {

    public TaxTransactionCommitted {
        Checks.subject(id, owner);
        Checks.text(transactionId, "TaxTransactionCommitted.transactionId");
        Checks.text(reference, "TaxTransactionCommitted.reference");
        Checks.sum(gross, "TaxTransactionCommitted.gross", net, tax);
    }

    @Override
    public EventType type() {
        return EventTypes.TAX_TRANSACTION_COMMITTED;
    }
}
