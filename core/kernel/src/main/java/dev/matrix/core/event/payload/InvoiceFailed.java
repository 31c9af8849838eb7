package dev.matrix.core.event.payload;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code invoice.failed}: an attempt to collect an invoice failed.
 *
 * @param attempt counted from 1
 * @param code the provider's
 * @param nextAttemptAt null after the last attempt
 */
public record InvoiceFailed(
        String id,
        Owner owner,
        String number,
        @Nullable String subscriptionId,
        Money amountDue,
        int attempt,
        @Nullable String code,
        @Nullable Instant nextAttemptAt)
        implements EventPayload {

    public InvoiceFailed {
        Checks.subject(id, owner);
        Checks.text(number, "InvoiceFailed.number");
        Checks.atLeast(1, attempt, "InvoiceFailed.attempt");
    }

    @Override
    public EventType type() {
        return EventTypes.INVOICE_FAILED;
    }

    /** Required are id, owner, number, amountDue and attempt. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the components by their names. Not thread-safe. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable Owner owner;
        private @Nullable String number;
        private @Nullable String subscriptionId;
        private @Nullable Money amountDue;
        private @Nullable Integer attempt;
        private @Nullable String code;
        private @Nullable Instant nextAttemptAt;

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

        public Builder amountDue(Money amountDue) {
            this.amountDue = amountDue;
            return this;
        }

        public Builder attempt(int attempt) {
            this.attempt = attempt;
            return this;
        }

        public Builder code(@Nullable String code) {
            this.code = code;
            return this;
        }

        public Builder nextAttemptAt(@Nullable Instant nextAttemptAt) {
            this.nextAttemptAt = nextAttemptAt;
            return this;
        }

        /** Makes the record; an InvalidRequestException lists every required component that is missing. */
        public InvoiceFailed build() {
            Checks.given(
                    "InvoiceFailed",
                    "id",
                    id,
                    "owner",
                    owner,
                    "number",
                    number,
                    "amountDue",
                    amountDue,
                    "attempt",
                    attempt);
            return new InvoiceFailed(
                    requireNonNull(id),
                    requireNonNull(owner),
                    requireNonNull(number),
                    subscriptionId,
                    requireNonNull(amountDue),
                    requireNonNull(attempt),
                    code,
                    nextAttemptAt);
        }
    }
}
