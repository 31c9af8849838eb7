package dev.matrix.core.event.payload;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import org.jspecify.annotations.Nullable;

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

    /** Required are id, owner, transactionId, reversalId, reference, net, tax and gross. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the components by their names. Not thread-safe. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable Owner owner;
        private @Nullable String transactionId;
        private @Nullable String reversalId;
        private @Nullable String reference;
        private @Nullable Money net;
        private @Nullable Money tax;
        private @Nullable Money gross;

        private Builder() {}

        public Builder id(String id) {
            this.id = id;
            return this;
        }

        public Builder owner(Owner owner) {
            this.owner = owner;
            return this;
        }

        public Builder transactionId(String transactionId) {
            this.transactionId = transactionId;
            return this;
        }

        public Builder reversalId(String reversalId) {
            this.reversalId = reversalId;
            return this;
        }

        public Builder reference(String reference) {
            this.reference = reference;
            return this;
        }

        public Builder net(Money net) {
            this.net = net;
            return this;
        }

        public Builder tax(Money tax) {
            this.tax = tax;
            return this;
        }

        public Builder gross(Money gross) {
            this.gross = gross;
            return this;
        }

        /** Makes the record; an InvalidRequestException lists every required component that is missing. */
        public TaxTransactionReversed build() {
            Checks.given(
                    "TaxTransactionReversed",
                    "id",
                    id,
                    "owner",
                    owner,
                    "transactionId",
                    transactionId,
                    "reversalId",
                    reversalId,
                    "reference",
                    reference,
                    "net",
                    net,
                    "tax",
                    tax,
                    "gross",
                    gross);
            return new TaxTransactionReversed(
                    requireNonNull(id),
                    requireNonNull(owner),
                    requireNonNull(transactionId),
                    requireNonNull(reversalId),
                    requireNonNull(reference),
                    requireNonNull(net),
                    requireNonNull(tax),
                    requireNonNull(gross));
        }
    }
}
