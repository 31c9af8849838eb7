package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * {@code partner.commission_calculated}: what a partner earns by one sale or period.
 *
 * @param base what the rate applies to, net of tax
 * @param rate percent, 0 to 100
 * @param customer whose purchase it was
 */
public record CommissionCalculated(
        String id,
        Owner owner,
        Money base,
        BigDecimal rate,
        Money commission,
        @Nullable Owner customer,
        @Nullable String invoiceId,
        @Nullable String paymentId,
        Period period)
        implements EventPayload {

    public CommissionCalculated {
        Checks.subject(id, owner);
        Checks.percent(rate, "CommissionCalculated.rate");
        Checks.sameCurrency(base, commission, "CommissionCalculated.commission");
    }

    @Override
    public EventType type() {
        return EventTypes.PARTNER_COMMISSION_CALCULATED;
    }
}
