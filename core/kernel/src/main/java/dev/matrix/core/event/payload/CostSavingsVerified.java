package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;

/**
 * {@code cost.savings_verified}: what a followed recommendation really saved.
 *
 * @param outcome verified, not_realised or reverted
 */
public record CostSavingsVerified(
        String id, Owner owner, String recommendationId, Money promised, Money realised, String outcome)
        implements EventPayload {

    public CostSavingsVerified {
        Checks.subject(id, owner);
        Checks.text(recommendationId, "CostSavingsVerified.recommendationId");
        Checks.sameCurrency(promised, realised, "CostSavingsVerified.realised");
        Checks.word(outcome, "CostSavingsVerified.outcome");
    }

    @Override
    public EventType type() {
        return EventTypes.COST_SAVINGS_VERIFIED;
    }
}
