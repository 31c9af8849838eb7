package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code payment.failed}: an attempt to pay failed.
 *
 * @param amount gross
 * @param code the provider's
 * @param attempt counted from 1
 * @param retryable whether trying again can help
 */
public record PaymentFailed(
        String id,
        Owner owner,
        Money amount,
        Money tax,
        String provider,
        @Nullable String providerRef,
        @Nullable String invoiceId,
        @Nullable String subscriptionId,
        @Nullable String code,
        int attempt,
        boolean retryable,
        Instant at)
        implements EventPayload {

    public PaymentFailed {
        Checks.subject(id, owner);
        Checks.positive(amount, "PaymentFailed.amount");
        Checks.within(tax, amount, "PaymentFailed.tax");
        Checks.atLeast(1, attempt, "PaymentFailed.attempt");
    }

    @Override
    public EventType type() {
        return EventTypes.PAYMENT_FAILED;
    }

    /** Starts with what is required; no tax, attempt 1 and not retryable unless set. */
    public static Builder builder(String id, Owner owner, Money amount, String provider, Instant at) {
        return new Builder(id, owner, amount, provider, at);
    }

    /** Collects the other components. Not thread-safe. */
    public static final class Builder {

        private final String id;
        private final Owner owner;
        private final Money amount;
        private final String provider;
        private final Instant at;
        private Money tax;
        private @Nullable String providerRef;
        private @Nullable String invoiceId;
        private @Nullable String subscriptionId;
        private @Nullable String code;
        private int attempt = 1;
        private boolean retryable = false;

        private Builder(String id, Owner owner, Money amount, String provider, Instant at) {
            this.id = id;
            this.owner = owner;
            this.amount = amount;
            this.provider = provider;
            this.at = at;
            this.tax = Money.zero(amount.currency());
        }

        public Builder tax(Money tax) {
            this.tax = tax;
            return this;
        }

        public Builder providerRef(@Nullable String providerRef) {
            this.providerRef = providerRef;
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

        public Builder code(@Nullable String code) {
            this.code = code;
            return this;
        }

        public Builder attempt(int attempt) {
            this.attempt = attempt;
            return this;
        }

        public Builder retryable(boolean retryable) {
            this.retryable = retryable;
            return this;
        }

        public PaymentFailed build() {
            return new PaymentFailed(
                    id,
                    owner,
                    amount,
                    tax,
                    provider,
                    providerRef,
                    invoiceId,
                    subscriptionId,
                    code,
                    attempt,
                    retryable,
                    at);
        }
    }
}
