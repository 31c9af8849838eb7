package dev.matrix.core.event.payload;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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

    /** Required are id, owner, recommendationId, recommendationType, severity, monthlySavings, subject and expiresAt. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the components by their names. Not thread-safe. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable Owner owner;
        private @Nullable String recommendationId;
        private @Nullable String recommendationType;
        private @Nullable String severity;
        private @Nullable Money monthlySavings;
        private @Nullable String subject;
        private @Nullable Instant expiresAt;

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

        public Builder recommendationType(String recommendationType) {
            this.recommendationType = recommendationType;
            return this;
        }

        public Builder severity(String severity) {
            this.severity = severity;
            return this;
        }

        public Builder monthlySavings(Money monthlySavings) {
            this.monthlySavings = monthlySavings;
            return this;
        }

        public Builder subject(String subject) {
            this.subject = subject;
            return this;
        }

        public Builder expiresAt(Instant expiresAt) {
            this.expiresAt = expiresAt;
            return this;
        }

        /** Makes the record; an InvalidRequestException lists every required component that is missing. */
        public CostRecommendationOpened build() {
            Checks.given(
                    "CostRecommendationOpened",
                    "id",
                    id,
                    "owner",
                    owner,
                    "recommendationId",
                    recommendationId,
                    "recommendationType",
                    recommendationType,
                    "severity",
                    severity,
                    "monthlySavings",
                    monthlySavings,
                    "subject",
                    subject,
                    "expiresAt",
                    expiresAt);
            return new CostRecommendationOpened(
                    requireNonNull(id),
                    requireNonNull(owner),
                    requireNonNull(recommendationId),
                    requireNonNull(recommendationType),
                    requireNonNull(severity),
                    requireNonNull(monthlySavings),
                    requireNonNull(subject),
                    requireNonNull(expiresAt));
        }
    }
}
