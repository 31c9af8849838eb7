package dev.matrix.core.event.payload;

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

    /** Starts with what is required; no tax unless set. */
    public static Builder builder(
            String id,
            Owner owner,
            EventType type,
            String paymentId,
            Money amount,
            String reason,
            String to,
            Instant at) {
        return new Builder(id, owner, type, paymentId, amount, reason, to, at);
    }

    /** Collects the other components. Not thread-safe. */
    public static final class Builder {

        private final String id;
        private final Owner owner;
        private final EventType type;
        private final String paymentId;
        private final Money amount;
        private final String reason;
        private final String to;
        private final Instant at;
        private Money tax;
        private @Nullable String from;
        private @Nullable String actor;
        private @Nullable String legId;
        private @Nullable String code;

        private Builder(
                String id,
                Owner owner,
                EventType type,
                String paymentId,
                Money amount,
                String reason,
                String to,
                Instant at) {
            this.id = id;
            this.owner = owner;
            this.type = type;
            this.paymentId = paymentId;
            this.amount = amount;
            this.reason = reason;
            this.to = to;
            this.at = at;
            this.tax = Money.zero(amount.currency());
        }

        public Builder tax(Money tax) {
            this.tax = tax;
            return this;
        }

        public Builder from(@Nullable String from) {
            this.from = from;
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

        public RefundChanged build() {
            return new RefundChanged(id, owner, type, paymentId, amount, tax, reason, from, to, actor, legId, code, at);
        }
    }
}
