package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code payment.refunded}, once per settled leg of a refund, and {@code payment.refund_reversed}, once if that
 * money came back.
 *
 * @param id the payment's id
 * @param legId one transfer by one provider; names the reversal in tax records
 * @param amount gross
 * @param tax its part of amount
 * @param reason in lower snake case, such as customer_request
 * @param refundedTotal of the payment, after this
 * @param full whether nothing is left
 * @param settled what left, if in another currency
 * @param code the provider's
 */
public record PaymentRefunded(
        String id,
        Owner owner,
        EventType type,
        String refundId,
        String legId,
        String captureId,
        String provider,
        @Nullable String providerRef,
        Money amount,
        Money tax,
        List<RefundedLine> lines,
        @Nullable String taxReference,
        @Nullable String invoiceId,
        @Nullable String subscriptionId,
        String reason,
        Money refundedTotal,
        Money taxRefundedTotal,
        boolean full,
        @Nullable Money settled,
        @Nullable String code,
        Instant at)
        implements EventPayload {

    public PaymentRefunded {
        Checks.subject(id, owner);
        Checks.type(type, PaymentRefunded.class);
        Checks.text(refundId, "PaymentRefunded.refundId");
        Checks.text(legId, "PaymentRefunded.legId");
        Checks.positive(amount, "PaymentRefunded.amount");
        Checks.within(tax, amount, "PaymentRefunded.tax");
        Checks.word(reason, "PaymentRefunded.reason");
        Checks.within(taxRefundedTotal, refundedTotal, "PaymentRefunded.taxRefundedTotal");
        lines = List.copyOf(lines);
    }

    /** Starts with what is required; no tax, no lines and not full unless set. */
    public static Builder builder(
            String id,
            Owner owner,
            EventType type,
            String refundId,
            String legId,
            String captureId,
            String provider,
            Money amount,
            String reason,
            Money refundedTotal,
            Instant at) {
        return new Builder(id, owner, type, refundId, legId, captureId, provider, amount, reason, refundedTotal, at);
    }

    /** Collects the other components. Not thread-safe. */
    public static final class Builder {

        private final String id;
        private final Owner owner;
        private final EventType type;
        private final String refundId;
        private final String legId;
        private final String captureId;
        private final String provider;
        private final Money amount;
        private final String reason;
        private final Money refundedTotal;
        private final Instant at;
        private @Nullable String providerRef;
        private Money tax;
        private List<RefundedLine> lines = List.of();
        private @Nullable String taxReference;
        private @Nullable String invoiceId;
        private @Nullable String subscriptionId;
        private Money taxRefundedTotal;
        private boolean full = false;
        private @Nullable Money settled;
        private @Nullable String code;

        private Builder(
                String id,
                Owner owner,
                EventType type,
                String refundId,
                String legId,
                String captureId,
                String provider,
                Money amount,
                String reason,
                Money refundedTotal,
                Instant at) {
            this.id = id;
            this.owner = owner;
            this.type = type;
            this.refundId = refundId;
            this.legId = legId;
            this.captureId = captureId;
            this.provider = provider;
            this.amount = amount;
            this.reason = reason;
            this.refundedTotal = refundedTotal;
            this.at = at;
            this.tax = Money.zero(amount.currency());
            this.taxRefundedTotal = Money.zero(amount.currency());
        }

        public Builder providerRef(@Nullable String providerRef) {
            this.providerRef = providerRef;
            return this;
        }

        public Builder tax(Money tax) {
            this.tax = tax;
            return this;
        }

        public Builder lines(List<RefundedLine> lines) {
            this.lines = lines;
            return this;
        }

        public Builder taxReference(@Nullable String taxReference) {
            this.taxReference = taxReference;
            return this;
        }

        public Builder invoiceId(@Nullable String invoiceId) {
            this.invoiceId = invoiceId;
            return this;
        }

        public Builder subscriptionId(@Nullable String subscriptionId) {
            this.subscriptionId = subscriptionId;
            return this;
        }

        public Builder taxRefundedTotal(Money taxRefundedTotal) {
            this.taxRefundedTotal = taxRefundedTotal;
            return this;
        }

        public Builder full(boolean full) {
            this.full = full;
            return this;
        }

        public Builder settled(@Nullable Money settled) {
            this.settled = settled;
            return this;
        }

        public Builder code(@Nullable String code) {
            this.code = code;
            return this;
        }

        public PaymentRefunded build() {
            return new PaymentRefunded(
                    id,
                    owner,
                    type,
                    refundId,
                    legId,
                    captureId,
                    provider,
                    providerRef,
                    amount,
                    tax,
                    lines,
                    taxReference,
                    invoiceId,
                    subscriptionId,
                    reason,
                    refundedTotal,
                    taxRefundedTotal,
                    full,
                    settled,
                    code,
                    at);
        }
    }
}
