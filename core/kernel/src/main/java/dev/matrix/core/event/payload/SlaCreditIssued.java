package dev.matrix.core.event.payload;

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
}
