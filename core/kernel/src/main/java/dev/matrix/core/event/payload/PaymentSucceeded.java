package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code payment.succeeded}: money was captured. Publishing it makes the payment refundable and counts it as
 * revenue.
 *
 * @param captured gross
 * @param tax its part of captured
 * @param provider the name of the refund provider that can return it; without it the payment is not refundable
 * @param providerRef the provider's id of the capture
 * @param captureData what that provider needs besides its reference
 * @param lines net of tax; with their tax they make up captured
 * @param period what is paid for, where no line says it
 * @param fee the provider's
 * @param settled what arrived, if in another currency
 * @param rateSnapshotId the exchange rates of the sale
 * @param taxReference the tax transaction behind it
 */
public record PaymentSucceeded(
        String id,
        Owner owner,
        Money captured,
        Money tax,
        @Nullable String provider,
        @Nullable String providerRef,
        Map<String, String> captureData,
        @Nullable String invoiceId,
        @Nullable String subscriptionId,
        PaymentMethod method,
        List<Line> lines,
        @Nullable Period period,
        @Nullable Money fee,
        @Nullable Money settled,
        @Nullable String rateSnapshotId,
        @Nullable String taxReference,
        Instant capturedAt)
        implements EventPayload {

    public PaymentSucceeded {
        Checks.subject(id, owner);
        Checks.positive(captured, "PaymentSucceeded.captured");
        Checks.within(tax, captured, "PaymentSucceeded.tax");
        captureData = Map.copyOf(captureData);
        lines = List.copyOf(lines);
    }

    @Override
    public EventType type() {
        return EventTypes.PAYMENT_SUCCEEDED;
    }

    /** Starts with what is required; no tax, no lines and no capture data unless set. */
    public static Builder builder(String id, Owner owner, Money captured, PaymentMethod method, Instant capturedAt) {
        return new Builder(id, owner, captured, method, capturedAt);
    }

    /** Collects the other components. Not thread-safe. */
    public static final class Builder {

        private final String id;
        private final Owner owner;
        private final Money captured;
        private final PaymentMethod method;
        private final Instant capturedAt;
        private Money tax;
        private @Nullable String provider;
        private @Nullable String providerRef;
        private Map<String, String> captureData = Map.of();
        private @Nullable String invoiceId;
        private @Nullable String subscriptionId;
        private List<Line> lines = List.of();
        private @Nullable Period period;
        private @Nullable Money fee;
        private @Nullable Money settled;
        private @Nullable String rateSnapshotId;
        private @Nullable String taxReference;

        private Builder(String id, Owner owner, Money captured, PaymentMethod method, Instant capturedAt) {
            this.id = id;
            this.owner = owner;
            this.captured = captured;
            this.method = method;
            this.capturedAt = capturedAt;
            this.tax = Money.zero(captured.currency());
        }

        public Builder tax(Money tax) {
            this.tax = tax;
            return this;
        }

        public Builder provider(@Nullable String provider) {
            this.provider = provider;
            return this;
        }

        public Builder providerRef(@Nullable String providerRef) {
            this.providerRef = providerRef;
            return this;
        }

        public Builder captureData(Map<String, String> captureData) {
            this.captureData = captureData;
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

        public Builder lines(List<Line> lines) {
            this.lines = lines;
            return this;
        }

        public Builder period(@Nullable Period period) {
            this.period = period;
            return this;
        }

        public Builder fee(@Nullable Money fee) {
            this.fee = fee;
            return this;
        }

        public Builder settled(@Nullable Money settled) {
            this.settled = settled;
            return this;
        }

        public Builder rateSnapshotId(@Nullable String rateSnapshotId) {
            this.rateSnapshotId = rateSnapshotId;
            return this;
        }

        public Builder taxReference(@Nullable String taxReference) {
            this.taxReference = taxReference;
            return this;
        }

        public PaymentSucceeded build() {
            return new PaymentSucceeded(
                    id,
                    owner,
                    captured,
                    tax,
                    provider,
                    providerRef,
                    captureData,
                    invoiceId,
                    subscriptionId,
                    method,
                    lines,
                    period,
                    fee,
                    settled,
                    rateSnapshotId,
                    taxReference,
                    capturedAt);
        }
    }
}
