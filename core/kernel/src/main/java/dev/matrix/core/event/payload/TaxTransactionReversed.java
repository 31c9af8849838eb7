package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;

/**
 * {@code tax.transaction_reversed}: tax on a sale was taken back, in whole or in part.
 *
 * @param reference the reversal's
 * @param net what was taken back; negative when a reversal was undone
 */
public record TaxTransactionReversed(
        String id,
        Owner owner,
        String transactionId,
        String reversalId,
        String reference,
        Money net,
        Money tax,
        Money gross)
        implements EventPayload {

    public TaxTransactionReversed {
        Checks.subject(id, owner);
        Checks.text(transactionId, "TaxTransactionReversed.transactionId");
        Checks.text(reversalId, "TaxTransactionReversed.reversalId");
        Checks.sum(gross, "TaxTransactionReversed.gross", net, tax);
    }

    @Override
    public EventType type() {
        return EventTypes.TAX_TRANSACTION_REVERSED;
    }
}
