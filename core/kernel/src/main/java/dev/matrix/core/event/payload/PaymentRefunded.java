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

    /** Required are id, owner, type, refundId, legId, captureId, provider, amount, reason, refundedTotal and at. Unless set: no tax, no lines, not full. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the components by their names. Not thread-safe. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable Owner owner;
        private @Nullable EventType type;
        private @Nullable String refundId;
        private @Nullable String legId;
        private @Nullable String captureId;
        private @Nullable String provider;
        private @Nullable String providerRef;
        private @Nullable Money amount;
        private @Nullable Money tax;
        private List<RefundedLine> lines = List.of();
        private @Nullable String taxReference;
        private @Nullable String invoiceId;
        private @Nullable String subscriptionId;
        private @Nullable String reason;
        private @Nullable Money refundedTotal;
        private @Nullable Money taxRefundedTotal;
        private boolean full = false;
        private @Nullable Money settled;
        private @Nullable String code;
        private @Nullable Instant at;

        private Builder() {}

        public Builder id(String id) {
            this.id = id;
            return this;
        }

        public Builder owner(Owner owner) {
            this.owner = owner;
            return this;
        }

        public Builder type(EventType type) {
            this.type = type;
            return this;
        }

        public Builder refundId(String refundId) {
            this.refundId = refundId;
            return this;
        }

        public Builder legId(String legId) {
            this.legId = legId;
            return this;
        }

        public Builder captureId(String captureId) {
            this.captureId = captureId;
            return this;
        }

        public Builder provider(String provider) {
            this.provider = provider;
            return this;
        }

        public Builder providerRef(@Nullable String providerRef) {
            this.providerRef = providerRef;
            return this;
        }

        public Builder amount(Money amount) {
            this.amount = amount;
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

        public Builder reason(String reason) {
            this.reason = reason;
            return this;
        }

        public Builder refundedTotal(Money refundedTotal) {
            this.refundedTotal = refundedTotal;
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

        public Builder at(Instant at) {
            this.at = at;
            return this;
        }

        /** Makes the record; an InvalidRequestException lists every required component that is missing. */
        public PaymentRefunded build() {
            Checks.given(
                    "PaymentRefunded",
                    "id",
                    id,
                    "owner",
                    owner,
                    "type",
                    type,
                    "refundId",
                    refundId,
                    "legId",
                    legId,
                    "captureId",
                    captureId,
                    "provider",
                    provider,
                    "amount",
                    amount,
                    "reason",
                    reason,
                    "refundedTotal",
                    refundedTotal,
                    "at",
                    at);
            return new PaymentRefunded(
                    requireNonNull(id),
                    requireNonNull(owner),
                    requireNonNull(type),
                    requireNonNull(refundId),
                    requireNonNull(legId),
                    requireNonNull(captureId),
                    requireNonNull(provider),
                    providerRef,
                    requireNonNull(amount),
                    Checks.orZero(tax, requireNonNull(amount)),
                    lines,
                    taxReference,
                    invoiceId,
                    subscriptionId,
                    requireNonNull(reason),
                    requireNonNull(refundedTotal),
                    Checks.orZero(taxRefundedTotal, requireNonNull(amount)),
                    full,
                    settled,
                    code,
                    requireNonNull(at));
        }
    }
}
