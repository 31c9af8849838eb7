package dev.matrix.analytics.spi;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One measured thing. Immutable; made by {@link #builder}.
 *
 * @param eventId the event that told it
 * @param occurredAt when it happened; microseconds
 * @param recordedAt when the log first recorded an event that told it; microseconds
 * @param meter the number of what is measured; 0: none
 * @param partner the number of the partner whose customer it is; 0: none
 * @param resourceKind the number of the kind of resource; 0: none
 * @param currency the code of the amount; empty: no money
 * @param amount in minor units, below 10^27 either way; 0: no money
 * @param quantity at nine decimals, below 10^18 either way
 * @param refId what it refers to, such as the use that it corrects or an invoice; empty: nothing
 * @param resourceId the resource; empty: none
 * @param durationMillis how long it took; null: unknown
 * @param success whether it succeeded; null: unknown
 * @param waste the number of why it was of no value; 0: of value
 * @param corrected whether a correction refers to it
 */
public record Fact(
        FactKey key,
        String eventId,
        Instant occurredAt,
        Instant recordedAt,
        int meter,
        int partner,
        int resourceKind,
        String currency,
        BigInteger amount,
        BigDecimal quantity,
        String refId,
        String resourceId,
        @Nullable Long durationMillis,
        @Nullable Boolean success,
        int waste,
        boolean corrected) {

    /** Decimals of quantities. */
    public static final int QUANTITY_DECIMALS = 9;

    private static final Comparator<Fact> EARLIEST =
            Comparator.comparing(Fact::occurredAt).thenComparing(Fact::eventId);

    public FactKind kind() {
        return key.kind();
    }

    public int customer() {
        return key.customer();
    }

    /**
     * What two facts of one key are together: the earlier one, recorded when the first of them was, corrected if either is. So any
     * order of any number of them gives the same.
     */
    public Fact merged(Fact other) {
        Fact first = EARLIEST.compare(this, other) <= 0 ? this : other;
        Instant recorded = recordedAt.isBefore(other.recordedAt) ? recordedAt : other.recordedAt;
        return first.toBuilder()
                .recordedAt(recorded)
                .corrected(corrected || other.corrected)
                .build();
    }

    /** This fact under another key. */
    public Fact withKey(FactKey other) {
        return new Fact(
                other,
                eventId,
                occurredAt,
                recordedAt,
                meter,
                partner,
                resourceKind,
                currency,
                amount,
                quantity,
                refId,
                resourceId,
                durationMillis,
                success,
                waste,
                corrected);
    }

    /** Starts with what every fact has; no amount, no quantity and nothing else unless set. */
    public static Builder builder(FactKey key, String eventId, Instant occurredAt, Instant recordedAt) {
        return new Builder(key, eventId, occurredAt, recordedAt);
    }

    /** All parts of this one, to change some. */
    public Builder toBuilder() {
        Builder builder = new Builder(key, eventId, occurredAt, recordedAt);
        builder.meter = meter;
        builder.partner = partner;
        builder.resourceKind = resourceKind;
        builder.currency = currency;
        builder.amount = amount;
        builder.quantity = quantity;
        builder.refId = refId;
        builder.resourceId = resourceId;
        builder.durationMillis = durationMillis;
        builder.success = success;
        builder.waste = waste;
        builder.corrected = corrected;
        return builder;
    }

    /** Collects the other parts. Not thread-safe. */
    public static final class Builder {

        private static final BigDecimal NONE = BigDecimal.ZERO.setScale(QUANTITY_DECIMALS);

        private final FactKey key;
        private final String eventId;
        private final Instant occurredAt;
        private Instant recordedAt;
        private int meter;
        private int partner;
        private int resourceKind;
        private String currency = "";
        private BigInteger amount = BigInteger.ZERO;
        private BigDecimal quantity = NONE;
        private String refId = "";
        private String resourceId = "";
        private @Nullable Long durationMillis;
        private @Nullable Boolean success;
        private int waste;
        private boolean corrected;

        private Builder(FactKey key, String eventId, Instant occurredAt, Instant recordedAt) {
            this.key = requireNonNull(key, "key");
            this.eventId = requireNonNull(eventId, "eventId");
            this.occurredAt = requireNonNull(occurredAt, "occurredAt");
            this.recordedAt = requireNonNull(recordedAt, "recordedAt");
        }

        Builder recordedAt(Instant at) {
            this.recordedAt = at;
            return this;
        }

        public Builder meter(int number) {
            this.meter = number;
            return this;
        }

        public Builder partner(int number) {
            this.partner = number;
            return this;
        }

        public Builder resourceKind(int number) {
            this.resourceKind = number;
            return this;
        }

        public Builder amount(String currency, BigInteger minorUnits) {
            this.currency = requireNonNull(currency, "currency");
            this.amount = requireNonNull(minorUnits, "minorUnits");
            return this;
        }

        /** How much, at nine decimals. */
        public Builder quantity(BigDecimal quantity) {
            this.quantity = quantity.setScale(QUANTITY_DECIMALS);
            return this;
        }

        public Builder refId(String id) {
            this.refId = requireNonNull(id, "id");
            return this;
        }

        public Builder resourceId(String id) {
            this.resourceId = requireNonNull(id, "id");
            return this;
        }

        public Builder durationMillis(@Nullable Long millis) {
            this.durationMillis = millis;
            return this;
        }

        public Builder success(@Nullable Boolean succeeded) {
            this.success = succeeded;
            return this;
        }

        public Builder waste(int number) {
            this.waste = number;
            return this;
        }

        public Builder corrected(boolean corrected) {
            this.corrected = corrected;
            return this;
        }

        public Fact build() {
            return new Fact(
                    key,
                    eventId,
                    occurredAt,
                    recordedAt,
                    meter,
                    partner,
                    resourceKind,
                    currency,
                    amount,
                    quantity,
                    refId,
                    resourceId,
                    durationMillis,
                    success,
                    waste,
                    corrected);
        }
    }
}
