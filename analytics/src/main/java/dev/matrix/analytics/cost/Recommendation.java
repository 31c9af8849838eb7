package dev.matrix.analytics.cost;

import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A piece of advice and what became of it.
 *
 * @param id {@code rec_…}
 * @param analysisId the analysis that found it, or renewed it last
 * @param profile of the analyses that may renew or end it
 * @param leads whether its saving is part of the combined one: it is the best of those that exclude each other
 * @param conflictsWith the ids of others that can't be followed together with it
 * @param fingerprint equal for advice of one owner, currency, type, subject and target
 * @param judgedAt the instant whose facts it was judged by last
 * @param expiresAt when it ends unless an analysis finds it again
 * @param dismissedUntil when a dismissed one opens again; null: only when its saving doubles
 */
public record Recommendation(
        String id,
        Owner owner,
        String analysisId,
        Profile profile,
        RecommendationStatus status,
        Severity severity,
        boolean leads,
        Set<String> conflictsWith,
        Advice advice,
        String fingerprint,
        Instant judgedAt,
        Instant expiresAt,
        @Nullable Instant dismissedUntil,
        long version) {

    public Recommendation {
        conflictsWith = Set.copyOf(conflictsWith);
    }

    Money savings() {
        return advice.monthlySavings();
    }

    /** The next version, in another status. */
    Recommendation in(RecommendationStatus next, @Nullable Instant until) {
        return new Recommendation(
                id,
                owner,
                analysisId,
                profile,
                next,
                severity,
                leads,
                conflictsWith,
                advice,
                fingerprint,
                judgedAt,
                expiresAt,
                until,
                version + 1);
    }

    /** The next version, with the figures of a later analysis. */
    Recommendation renewedBy(Recommendation found) {
        return new Recommendation(
                id,
                owner,
                found.analysisId,
                profile,
                status,
                found.severity,
                found.leads,
                found.conflictsWith,
                found.advice,
                fingerprint,
                found.judgedAt,
                found.expiresAt,
                dismissedUntil,
                version + 1);
    }

    Recommendation conflictingWith(Set<String> ids) {
        return new Recommendation(
                id,
                owner,
                analysisId,
                profile,
                status,
                severity,
                leads,
                ids,
                advice,
                fingerprint,
                judgedAt,
                expiresAt,
                dismissedUntil,
                version);
    }
}
