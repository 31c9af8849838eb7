package dev.matrix.analytics.cost;

import dev.matrix.core.Owner;
import org.jspecify.annotations.Nullable;

/** Which recommendations are wanted; null: any. */
public record RecommendationQuery(
        @Nullable Owner owner,
        @Nullable RecommendationType type,
        @Nullable Severity severity,
        @Nullable RecommendationStatus status) {

    /** All of one owner. */
    public static RecommendationQuery of(Owner owner) {
        return new RecommendationQuery(owner, null, null, null);
    }
}
