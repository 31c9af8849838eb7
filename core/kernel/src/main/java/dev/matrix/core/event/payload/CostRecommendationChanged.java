package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * {@code cost.recommendation_changed}: somebody, or time, decided on a recommendation.
 *
 * @param from the status before, in lower snake case
 * @param to the status now
 * @param actor null where time decided
 */
public record CostRecommendationChanged(
        String id,
        Owner owner,
        String recommendationId,
        String from,
        String to,
        @Nullable String actor,
        @Nullable String reason)
        implements EventPayload {

    public CostRecommendationChanged {
        Checks.subject(id, owner);
        Checks.text(recommendationId, "CostRecommendationChanged.recommendationId");
        Checks.word(from, "CostRecommendationChanged.from");
        Checks.word(to, "CostRecommendationChanged.to");
    }

    @Override
    public EventType type() {
        return EventTypes.COST_RECOMMENDATION_CHANGED;
    }
}
