package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;

/**
 * {@code tax.threshold_crossed}: turnover reached where registration becomes due.
 *
 * @param threshold its name
 * @param amount the turnover so far in the period
 */
public record TaxThresholdCrossed(
        String id, Owner owner, String sellerId, String threshold, Period period, Money amount)
        implements EventPayload {

    public TaxThresholdCrossed {
        Checks.subject(id, owner);
        Checks.text(sellerId, "TaxThresholdCrossed.sellerId");
        Checks.text(threshold, "TaxThresholdCrossed.threshold");
    }

    @Override
    public EventType type() {
        return EventTypes.TAX_THRESHOLD_CROSSED;
    }
}
