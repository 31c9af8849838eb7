package dev.matrix.core.event.payload;

import static java.util.Objects.requireNonNull;

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

    /** Required are id, owner, recommendationId, from and to. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the components by their names. Not thread-safe. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable Owner owner;
        private @Nullable String recommendationId;
        private @Nullable String from;
        private @Nullable String to;
        private @Nullable String actor;
        private @Nullable String reason;

        private Builder() {}

        public Builder id(String id) {
            this.id = id;
            return this;
        }

        public Builder owner(Owner owner) {
            this.owner = owner;
            return this;
        }

        public Builder recommendationId(String recommendationId) {
            this.recommendationId = recommendationId;
            return this;
        }

        public Builder from(String from) {
            this.from = from;
            return this;
        }

        public Builder to(String to) {
            this.to = to;
            return this;
        }

        public Builder actor(@Nullable String actor) {
            this.actor = actor;
            return this;
        }

        public Builder reason(@Nullable String reason) {
            this.reason = reason;
            return this;
        }

        /** Makes the record; an InvalidRequestException lists every required component that is missing. */
        public CostRecommendationChanged build() {
            Checks.given(
                    "CostRecommendationChanged",
                    "id",
                    id,
                    "owner",
                    owner,
                    "recommendationId",
                    recommendationId,
                    "from",
                    from,
                    "to",
                    to);
            return new CostRecommendationChanged(
                    requireNonNull(id),
                    requireNonNull(owner),
                    requireNonNull(recommendationId),
                    requireNonNull(from),
                    requireNonNull(to),
                    actor,
                    reason);
        }
    }
}
