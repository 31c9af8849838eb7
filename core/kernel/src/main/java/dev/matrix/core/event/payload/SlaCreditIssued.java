package dev.matrix.core.event.payload;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code sla.credit_issued}: the customer gets money back for a missed promise.
 *
 * @param key the same for the same credit, for idempotent bookings
 * @param base net charges of the period
 * @param amount net of tax; negative when it takes an earlier credit back
 * @param tax on top of amount
 * @param settlement next_invoice or refund
 * @param adjusts the credit that this one corrects
 */
public record SlaCreditIssued(
        String id,
        Owner owner,
        String subscriptionId,
        String tier,
        int definitionVersion,
        String creditId,
        String key,
        Period period,
        Money base,
        BigDecimal percent,
        Money amount,
        Money tax,
        String settlement,
        List<Reason> reasons,
        @Nullable String adjusts,
        Instant at)
        implements EventPayload {

    public SlaCreditIssued {
        Checks.subject(id, owner);
        Checks.text(subscriptionId, "SlaCreditIssued.subscriptionId");
        Checks.text(creditId, "SlaCreditIssued.creditId");
        Checks.text(key, "SlaCreditIssued.key");
        Checks.percent(percent, "SlaCreditIssued.percent");
        Checks.sameCurrency(base, amount, "SlaCreditIssued.amount");
        Checks.word(settlement, "SlaCreditIssued.settlement");
        reasons = List.copyOf(reasons);
    }

    @Override
    public EventType type() {
        return EventTypes.SLA_CREDIT_ISSUED;
    }

    /** What one missed objective gives, in percent of the base. */
    public record Reason(SlaObjective objective, BigDecimal percent) {

        public Reason {
            Checks.percent(percent, "Reason.percent");
        }
    }

    /** Required are id, owner, subscriptionId, tier, definitionVersion, creditId, key, period, base, percent, amount, tax, settlement and at. Unless set: no reasons. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the components by their names. Not thread-safe. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable Owner owner;
        private @Nullable String subscriptionId;
        private @Nullable String tier;
        private @Nullable Integer definitionVersion;
        private @Nullable String creditId;
        private @Nullable String key;
        private @Nullable Period period;
        private @Nullable Money base;
        private @Nullable BigDecimal percent;
        private @Nullable Money amount;
        private @Nullable Money tax;
        private @Nullable String settlement;
        private List<Reason> reasons = List.of();
        private @Nullable String adjusts;
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

        public Builder subscriptionId(String subscriptionId) {
            this.subscriptionId = subscriptionId;
            return this;
        }

        public Builder tier(String tier) {
            this.tier = tier;
            return this;
        }

        public Builder definitionVersion(int definitionVersion) {
            this.definitionVersion = definitionVersion;
            return this;
        }

        public Builder creditId(String creditId) {
            this.creditId = creditId;
            return this;
        }

        public Builder key(String key) {
            this.key = key;
            return this;
        }

        public Builder period(Period period) {
            this.period = period;
            return this;
        }

        public Builder base(Money base) {
            this.base = base;
            return this;
        }

        public Builder percent(BigDecimal percent) {
            this.percent = percent;
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

        public Builder settlement(String settlement) {
            this.settlement = settlement;
            return this;
        }

        public Builder reasons(List<Reason> reasons) {
            this.reasons = reasons;
            return this;
        }

        public Builder adjusts(@Nullable String adjusts) {
            this.adjusts = adjusts;
            return this;
        }

        public Builder at(Instant at) {
            this.at = at;
            return this;
        }

        /** Makes the record; an InvalidRequestException lists every required component that is missing. */
        public SlaCreditIssued build() {
            Checks.given(
                    "SlaCreditIssued",
                    "id",
                    id,
                    "owner",
                    owner,
                    "subscriptionId",
                    subscriptionId,
                    "tier",
                    tier,
                    "definitionVersion",
                    definitionVersion,
                    "creditId",
                    creditId,
                    "key",
                    key,
                    "period",
                    period,
                    "base",
                    base,
                    "percent",
                    percent,
                    "amount",
                    amount,
                    "tax",
                    tax,
                    "settlement",
                    settlement,
                    "at",
                    at);
            return new SlaCreditIssued(
                    requireNonNull(id),
                    requireNonNull(owner),
                    requireNonNull(subscriptionId),
                    requireNonNull(tier),
                    requireNonNull(definitionVersion),
                    requireNonNull(creditId),
                    requireNonNull(key),
                    requireNonNull(period),
                    requireNonNull(base),
                    requireNonNull(percent),
                    requireNonNull(amount),
                    requireNonNull(tax),
                    requireNonNull(settlement),
                    reasons,
                    adjusts,
                    requireNonNull(at));
        }
    }
}
