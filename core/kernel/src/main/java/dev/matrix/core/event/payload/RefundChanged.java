package dev.matrix.core.event.payload;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code refund.requested}, {@code refund.status_changed} and {@code refund.failed}.
 *
 * @param amount gross
 * @param from the status before, in lower snake case; null for a new refund
 * @param to the status now
 * @param legId the leg that made the change, if one did
 * @param code the provider's
 */
public record RefundChanged(
        String id,
        Owner owner,
        EventType type,
        String paymentId,
        Money amount,
        Money tax,
        String reason,
        @Nullable String from,
        String to,
        @Nullable String actor,
        @Nullable String legId,
        @Nullable String code,
        Instant at)
        implements EventPayload {

    public RefundChanged {
        Checks.subject(id, owner);
        Checks.type(type, RefundChanged.class);
        Checks.text(paymentId, "RefundChanged.paymentId");
        Checks.positive(amount, "RefundChanged.amount");
        Checks.within(tax, amount, "RefundChanged.tax");
        Checks.word(reason, "RefundChanged.reason");
        Checks.word(to, "RefundChanged.to");
    }

    /** Required are id, owner, type, paymentId, amount, reason, to and at. Unless set: no tax. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the components by their names. Not thread-safe. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable Owner owner;
        private @Nullable EventType type;
        private @Nullable String paymentId;
        private @Nullable Money amount;
        private @Nullable Money tax;
        private @Nullable String reason;
        private @Nullable String from;
        private @Nullable String to;
        private @Nullable String actor;
        private @Nullable String legId;
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

        public Builder paymentId(String paymentId) {
            this.paymentId = paymentId;
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

        public Builder reason(String reason) {
            this.reason = reason;
            return this;
        }

        public Builder from(@Nullable String from) {
            this.from = from;
            return this;
        }

        public Builder to(String to) {
            this.to = to;
            return this;
        }

        public Builder actor(@Nullable String actor) {
            this.actor = actor;
            return this;
        }

        public Builder legId(@Nullable String legId) {
            this.legId = legId;
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
        public RefundChanged build() {
            Checks.given(
                    "RefundChanged",
                    "id",
                    id,
                    "owner",
                    owner,
                    "type",
                    type,
                    "paymentId",
                    paymentId,
                    "amount",
                    amount,
                    "reason",
                    reason,
                    "to",
                    to,
                    "at",
                    at);
            return new RefundChanged(
                    requireNonNull(id),
                    requireNonNull(owner),
                    requireNonNull(type),
                    requireNonNull(paymentId),
                    requireNonNull(amount),
                    Checks.orZero(tax, requireNonNull(amount)),
                    requireNonNull(reason),
                    from,
                    requireNonNull(to),
                    actor,
                    legId,
                    code,
                    requireNonNull(at));
        }
    }
}
