package dev.matrix.security;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a caller may.
 *
 * @param reasons what speaks against it, the strictest first; empty where it is allowed
 * @param country where the client is: ISO 3166-1 alpha-2, {@code XK}, {@code UNKNOWN} or {@code PRIVATE}; null: nothing asked, or
 *     the source can't say
 * @param secondFactorWithin how fresh a second factor would be enough, where the outcome is REQUIRE_VERIFICATION; else null
 * @param decidedAt store time
 */
public record AccessDecision(
        Outcome outcome,
        List<Reason> reasons,
        @Nullable String country,
        @Nullable Duration secondFactorWithin,
        Instant decidedAt) {

    public AccessDecision {
        reasons = List.copyOf(reasons);
    }

    /** What to do, from the mildest to the strictest. */
    public enum Outcome {
        /** Go on. */
        ALLOW,
        /** Ask for a second factor, and decide again. */
        REQUIRE_VERIFICATION,
        /** Refuse. */
        DENY
    }

    /** Why not. */
    public enum Code {
        /** A rule matches the address. */
        IP_RULE,
        /** No rule matches the address, and the scope's default isn't to allow. */
        IP_DEFAULT,
        /** A rule matches where the address is, or what it is used for. */
        GEO_RULE,
        /** No rule matches the address's country, and the scope's default for countries isn't to allow. */
        GEO_DEFAULT,
        /** Nobody knows the address's country, and the scope doesn't allow that. */
        UNKNOWN_COUNTRY,
        /** The address is private, and the scope doesn't allow that. */
        PRIVATE_ADDRESS,
        /** The level, or the scope, asks for a second factor that is fresher. */
        SECOND_FACTOR,
        /** The client's address can't be told. */
        UNRESOLVABLE_CLIENT,
        /** The request names more than 32 groups. */
        TOO_MANY_GROUPS,
        /** Something failed, or rules aren't known to be fresh, so it can't be said. */
        INDETERMINATE
    }

    /**
     * One reason.
     *
     * @param scope the scope that gives it, as {@link RuleScope#text()}; null: none does
     * @param ruleId the rule that gives it; null: none does
     */
    public record Reason(
            Code code, @Nullable String scope, @Nullable String ruleId) {}

    /** Whether to go on. */
    public boolean isAllowed() {
        return outcome == Outcome.ALLOW;
    }
}
