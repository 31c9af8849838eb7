package dev.matrix.core.event.payload;

import static java.util.Objects.requireNonNull;

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

    /** Required are id, owner, number, subtotal, tax, total and issuedAt. Unless set: no lines. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the components by their names. Not thread-safe. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable Owner owner;
        private @Nullable String number;
        private @Nullable String subscriptionId;
        private List<Line> lines = List.of();
        private @Nullable Money subtotal;
        private @Nullable Money tax;
        private @Nullable Money total;
        private @Nullable Instant issuedAt;
        private @Nullable Instant dueAt;
        private @Nullable String taxReference;

        private Builder() {}

        public Builder id(String id) {
            this.id = id;
            return this;
        }

        public Builder owner(Owner owner) {
            this.owner = owner;
            return this;
        }

        public Builder number(String number) {
            this.number = number;
            return this;
        }

        public Builder subscriptionId(@Nullable String subscriptionId) {
            this.subscriptionId = subscriptionId;
            return this;
        }

        public Builder lines(List<Line> lines) {
            this.lines = lines;
            return this;
        }

        public Builder subtotal(Money subtotal) {
            this.subtotal = subtotal;
            return this;
        }

        public Builder tax(Money tax) {
            this.tax = tax;
            return this;
        }

        public Builder total(Money total) {
            this.total = total;
            return this;
        }

        public Builder issuedAt(Instant issuedAt) {
            this.issuedAt = issuedAt;
            return this;
        }

        public Builder dueAt(@Nullable Instant dueAt) {
            this.dueAt = dueAt;
            return this;
        }

        public Builder taxReference(@Nullable String taxReference) {
            this.taxReference = taxReference;
            return this;
        }

        /** Makes the record; an InvalidRequestException lists every required component that is missing. */
        public InvoiceCreated build() {
            Checks.given(
                    "InvoiceCreated",
                    "id",
                    id,
                    "owner",
                    owner,
                    "number",
                    number,
                    "subtotal",
                    subtotal,
                    "tax",
                    tax,
                    "total",
                    total,
                    "issuedAt",
                    issuedAt);
            return new InvoiceCreated(
                    requireNonNull(id),
                    requireNonNull(owner),
                    requireNonNull(number),
                    subscriptionId,
                    lines,
                    requireNonNull(subtotal),
                    requireNonNull(tax),
                    requireNonNull(total),
                    requireNonNull(issuedAt),
                    dueAt,
                    taxReference);
        }
    }
}
