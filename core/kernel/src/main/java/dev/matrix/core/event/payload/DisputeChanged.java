package dev.matrix.core.event.payload;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code dispute.opened}, {@code dispute.updated}, {@code dispute.evidence_due} and {@code dispute.closed}.
 *
 * @param stage inquiry, chargeback, pre_arbitration, arbitration or appeal
 * @param status needs_response, under_review, won, lost, accepted, cancelled, closed, prevented or unrecognised
 * @param amount gross
 * @param tax its share of amount
 * @param withdrawn what the provider took so far
 * @param reinstated what it gave back
 * @param reason the provider's
 * @param respondBy when evidence is due; null when none is wanted
 */
public record DisputeChanged(
        String id,
        Owner owner,
        EventType type,
        String paymentId,
        @Nullable String captureId,
        String provider,
        String providerRef,
        String stage,
        String status,
        Money amount,
        Money tax,
        Money withdrawn,
        Money reinstated,
        @Nullable Money fee,
        String reason,
        @Nullable Instant respondBy,
        Instant at)
        implements EventPayload {

    public DisputeChanged {
        Checks.subject(id, owner);
        Checks.type(type, DisputeChanged.class);
        Checks.text(paymentId, "DisputeChanged.paymentId");
        Checks.positive(amount, "DisputeChanged.amount");
        Checks.within(tax, amount, "DisputeChanged.tax");
        Checks.word(stage, "DisputeChanged.stage");
        Checks.word(status, "DisputeChanged.status");
    }

    /** Required are id, owner, type, paymentId, provider, providerRef, stage, status, amount, reason and at. Unless set: no tax, no withdrawn, no reinstated. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the components by their names. Not thread-safe. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable Owner owner;
        private @Nullable EventType type;
        private @Nullable String paymentId;
        private @Nullable String captureId;
        private @Nullable String provider;
        private @Nullable String providerRef;
        private @Nullable String stage;
        private @Nullable String status;
        private @Nullable Money amount;
        private @Nullable Money tax;
        private @Nullable Money withdrawn;
        private @Nullable Money reinstated;
        private @Nullable Money fee;
        private @Nullable String reason;
        private @Nullable Instant respondBy;
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

        public Builder paymentId(String paymentId) {
            this.paymentId = paymentId;
            return this;
        }

        public Builder captureId(@Nullable String captureId) {
            this.captureId = captureId;
            return this;
        }

        public Builder provider(String provider) {
            this.provider = provider;
            return this;
        }

        public Builder providerRef(String providerRef) {
            this.providerRef = providerRef;
            return this;
        }

        public Builder stage(String stage) {
            this.stage = stage;
            return this;
        }

        public Builder status(String status) {
            this.status = status;
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

        public Builder withdrawn(Money withdrawn) {
            this.withdrawn = withdrawn;
            return this;
        }

        public Builder reinstated(Money reinstated) {
            this.reinstated = reinstated;
            return this;
        }

        public Builder fee(@Nullable Money fee) {
            this.fee = fee;
            return this;
        }

        public Builder reason(String reason) {
            this.reason = reason;
            return this;
        }

        public Builder respondBy(@Nullable Instant respondBy) {
            this.respondBy = respondBy;
            return this;
        }

        public Builder at(Instant at) {
            this.at = at;
            return this;
        }

        /** Makes the record; an InvalidRequestException lists every required component that is missing. */
        public DisputeChanged build() {
            Checks.given(
                    "DisputeChanged",
                    "id",
                    id,
                    "owner",
                    owner,
                    "type",
                    type,
                    "paymentId",
                    paymentId,
                    "provider",
                    provider,
                    "providerRef",
                    providerRef,
                    "stage",
                    stage,
                    "status",
                    status,
                    "amount",
                    amount,
                    "reason",
                    reason,
                    "at",
                    at);
            return new DisputeChanged(
                    requireNonNull(id),
                    requireNonNull(owner),
                    requireNonNull(type),
                    requireNonNull(paymentId),
                    captureId,
                    requireNonNull(provider),
                    requireNonNull(providerRef),
                    requireNonNull(stage),
                    requireNonNull(status),
                    requireNonNull(amount),
                    Checks.orZero(tax, requireNonNull(amount)),
                    Checks.orZero(withdrawn, requireNonNull(amount)),
                    Checks.orZero(reinstated, requireNonNull(amount)),
                    fee,
                    requireNonNull(reason),
                    respondBy,
                    requireNonNull(at));
        }
    }
}
