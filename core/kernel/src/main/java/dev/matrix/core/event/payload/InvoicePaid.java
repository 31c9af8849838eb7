package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code invoice.paid}: an invoice was paid.
 *
 * @param lines net of tax
 * @param subtotal net of tax
 * @param total subtotal and tax
 * @param taxReference the tax transaction behind it
 */
public record InvoicePaid(
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
        @Nullable String taxReference,
        Money amountPaid,
        @Nullable String paymentId,
        Instant paidAt)
        implements EventPayload {

    public InvoicePaid {
        Checks.subject(id, owner);
        Checks.text(number, "InvoicePaid.number");
        Checks.sum(total, "InvoicePaid.total", subtotal, tax);
        Checks.sameCurrency(total, amountPaid, "InvoicePaid.amountPaid");
        lines = List.copyOf(lines);
    }

    @Override
    public EventType type() {
        return EventTypes.INVOICE_PAID;
    }

    /** Starts with what is required; unless set no lines, no tax, issued when paid, paid what it totals. */
    public static Builder builder(String id, Owner owner, String number, Money total, Instant paidAt) {
        return new Builder(id, owner, number, total, paidAt);
    }

    /** Collects the other components. Not thread-safe. */
    public static final class Builder {

        private final String id;
        private final Owner owner;
        private final String number;
        private final Money total;
        private final Instant paidAt;
        private @Nullable String subscriptionId;
        private List<Line> lines = List.of();
        private Money subtotal;
        private Money tax;
        private Instant issuedAt;
        private @Nullable Instant dueAt;
        private @Nullable String taxReference;
        private Money amountPaid;
        private @Nullable String paymentId;

        private Builder(String id, Owner owner, String number, Money total, Instant paidAt) {
            this.id = id;
            this.owner = owner;
            this.number = number;
            this.total = total;
            this.paidAt = paidAt;
            this.subtotal = total;
            this.tax = Money.zero(total.currency());
            this.issuedAt = paidAt;
            this.amountPaid = total;
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

        public Builder amountPaid(Money amountPaid) {
            this.amountPaid = amountPaid;
            return this;
        }

        public Builder paymentId(@Nullable String paymentId) {
            this.paymentId = paymentId;
            return this;
        }

        public InvoicePaid build() {
            return new InvoicePaid(
                    id,
                    owner,
                    number,
                    subscriptionId,
                    lines,
                    subtotal,
                    tax,
                    total,
                    issuedAt,
                    dueAt,
                    taxReference,
                    amountPaid,
                    paymentId,
                    paidAt);
        }
    }
}
