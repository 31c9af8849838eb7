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
 * {@code payout.processed}: a partner was paid, or the attempt ended.
 *
 * @param status in lower snake case, such as paid or failed
 */
public record PayoutProcessed(
        String id,
        Owner owner,
        Money amount,
        @Nullable Money fee,
        String status,
        String provider,
        String providerRef,
        List<String> commissionIds,
        Period period,
        Instant processedAt)
        implements EventPayload {

    public PayoutProcessed {
        Checks.subject(id, owner);
        Checks.positive(amount, "PayoutProcessed.amount");
        Checks.word(status, "PayoutProcessed.status");
        commissionIds = List.copyOf(commissionIds);
    }

    @Override
    public EventType type() {
        return EventTypes.PAYOUT_PROCESSED;
    }

    /** Required are id, owner, amount, status, provider, providerRef, period and processedAt. Unless set: no commissionIds. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the components by their names. Not thread-safe. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable Owner owner;
        private @Nullable Money amount;
        private @Nullable Money fee;
        private @Nullable String status;
        private @Nullable String provider;
        private @Nullable String providerRef;
        private List<String> commissionIds = List.of();
        private @Nullable Period period;
        private @Nullable Instant processedAt;

        private Builder() {}

        public Builder id(String id) {
            this.id = id;
            return this;
        }

        public Builder owner(Owner owner) {
            this.owner = owner;
            return this;
        }

        public Builder amount(Money amount) {
            this.amount = amount;
            return this;
        }

        public Builder fee(@Nullable Money fee) {
            this.fee = fee;
            return this;
        }

        public Builder status(String status) {
            this.status = status;
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

        public Builder commissionIds(List<String> commissionIds) {
            this.commissionIds = commissionIds;
            return this;
        }

        public Builder period(Period period) {
            this.period = period;
            return this;
        }

        public Builder processedAt(Instant processedAt) {
            this.processedAt = processedAt;
            return this;
        }

        /** Makes the record; an InvalidRequestException lists every required component that is missing. */
        public PayoutProcessed build() {
            Checks.given(
                    "PayoutProcessed",
                    "id",
                    id,
                    "owner",
                    owner,
                    "amount",
                    amount,
                    "status",
                    status,
                    "provider",
                    provider,
                    "providerRef",
                    providerRef,
                    "period",
                    period,
                    "processedAt",
                    processedAt);
            return new PayoutProcessed(
                    requireNonNull(id),
                    requireNonNull(owner),
                    requireNonNull(amount),
                    fee,
                    requireNonNull(status),
                    requireNonNull(provider),
                    requireNonNull(providerRef),
                    commissionIds,
                    requireNonNull(period),
                    requireNonNull(processedAt));
        }
    }
}
