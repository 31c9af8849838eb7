package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.time.Instant;

/**
 * {@code cost.recommendation_opened}: there is a way to pay less.
 *
 * @param recommendationType tier, usage, resource, pricing or instance
 * @param severity low, medium, high or critical
 * @param subject what would change, such as an instance
 */
public record CostRecommendationOpened(
        String id,
        Owner owner,
        String recommendationId,
        String recommendationType,
        String severity,
        Money monthlySavings,
        String subject,
        Instant expiresAt)
        implements EventPayload {

    public CostRecommendationOpened {
        Checks.subject(id, owner);
        Checks.text(recommendationId, "CostRecommendationOpened.recommendationId");
        Checks.word(recommendationType, "CostRecommendationOpened.recommendationType");
        Checks.word(severity, "CostRecommendationOpened.severity");
    }

    @Override
    public EventType type() {
        return EventTypes.COST_RECOMMENDATION_OPENED;
    }
}
