package dev.matrix.security;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.time.Duration;

/**
 * How a scope decides.
 *
 * @param ipDefault what an address that no rule matches gets; ALLOW by default
 * @param precedence which rule decides where several match; DENY_OVERRIDES by default
 * @param stepUpAge how old the second factor may be that a rule's REQUIRE_VERIFICATION asks for; 12 h by default, 1 minute to
 *     30 days
 * @param version raised by each change; 0: it was never changed
 */
public record AccessPolicy(
        RuleScope scope, RuleAction ipDefault, Precedence precedence, Duration stepUpAge, long version) {

    private static final Duration SHORTEST_AGE = Duration.ofMinutes(1);
    private static final Duration LONGEST_AGE = Duration.ofDays(30);

    public AccessPolicy {
        requireNonNull(scope, "scope");
        requireNonNull(ipDefault, "ipDefault");
        requireNonNull(precedence, "precedence");
        requireNonNull(stepUpAge, "stepUpAge");
        if (stepUpAge.compareTo(SHORTEST_AGE) < 0 || stepUpAge.compareTo(LONGEST_AGE) > 0) {
            throw new InvalidRequestException("stepUpAge is PT1M to P30D; " + stepUpAge + " is not.");
        }
    }

    /** What counts in a scope whose policy was never changed. */
    public static AccessPolicy standard(RuleScope scope) {
        return new AccessPolicy(scope, RuleAction.ALLOW, Precedence.DENY_OVERRIDES, Duration.ofHours(12), 0);
    }

    /** This policy with another default. */
    public AccessPolicy ipDefault(RuleAction action) {
        return new AccessPolicy(scope, action, precedence, stepUpAge, version);
    }

    /** This policy with another precedence. */
    public AccessPolicy precedence(Precedence which) {
        return new AccessPolicy(scope, ipDefault, which, stepUpAge, version);
    }

    /** This policy with another age. */
    public AccessPolicy stepUpAge(Duration age) {
        return new AccessPolicy(scope, ipDefault, precedence, age, version);
    }

    AccessPolicy next() {
        return new AccessPolicy(scope, ipDefault, precedence, stepUpAge, version + 1);
    }
}
