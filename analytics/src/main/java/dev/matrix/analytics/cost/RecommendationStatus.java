package dev.matrix.analytics.cost;

import java.util.Set;

/** Where a recommendation stands. */
public enum RecommendationStatus {
    /** Waits for a decision. */
    OPEN,
    /** Somebody wants to follow it. */
    ACCEPTED,
    /** Somebody doesn't; it opens again when its time is up or its saving has doubled. */
    DISMISSED,
    /** It was followed; the ledger measures what that saves. */
    APPLIED,
    /** It no longer holds, or nobody decided in time. */
    EXPIRED,
    /** Another recommendation for the same subject has taken its place. */
    SUPERSEDED,
    /** It saved at least half of what it promised. */
    VERIFIED,
    /** It saved less than half of what it promised. */
    NOT_REALISED,
    /** What was changed was changed back. */
    REVERTED;

    private Set<RecommendationStatus> next() {
        return switch (this) {
            case OPEN -> Set.of(ACCEPTED, DISMISSED, EXPIRED, SUPERSEDED, APPLIED);
            case ACCEPTED -> Set.of(APPLIED, DISMISSED, EXPIRED);
            case APPLIED -> Set.of(VERIFIED, NOT_REALISED, REVERTED);
            case DISMISSED -> Set.of(OPEN);
            case EXPIRED, SUPERSEDED, VERIFIED, NOT_REALISED, REVERTED -> Set.of();
        };
    }

    /** Whether that may follow. */
    public boolean canBecome(RecommendationStatus status) {
        return next().contains(status);
    }

    /** Whether nothing follows. */
    public boolean isFinal() {
        return next().isEmpty();
    }
}
