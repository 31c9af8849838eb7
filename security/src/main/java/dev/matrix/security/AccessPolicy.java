package dev.matrix.security;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a scope decides. Immutable; begin with {@link #standard} and change what is to differ.
 *
 * @param ipDefault what an address that no IP rule matches gets; ALLOW by default
 * @param geoDefault what an address in a known country gets that no geo rule matches; ALLOW by default
 * @param unknownCountry what a public address gets whose country isn't known; REQUIRE_VERIFICATION by default. It counts where the scope
 *     has geo rules or a {@code geoDefault} other than ALLOW
 * @param privateAddress what an address gets that nobody outside a host or site can have; ALLOW by default
 * @param ipAllowOverridesGeo whether an IP rule that allows lets in wherever the address is; false by default
 * @param precedence which IP rule decides where several match; DENY_OVERRIDES by default
 * @param stepUpAge how old the second factor may be that a rule's REQUIRE_VERIFICATION asks for; 12 h by default, 1 minute to
 *     30 days
 * @param secondFactorFrom from when on each action asks for a second factor as HIGH does; null, the default: never
 * @param version raised by each change; 0: it was never changed
 */
public record AccessPolicy(
        RuleScope scope,
        RuleAction ipDefault,
        RuleAction geoDefault,
        RuleAction unknownCountry,
        RuleAction privateAddress,
        boolean ipAllowOverridesGeo,
        Precedence precedence,
        Duration stepUpAge,
        @Nullable Instant secondFactorFrom,
        long version) {

    private static final Duration SHORTEST_AGE = Duration.ofMinutes(1);
    private static final Duration LONGEST_AGE = Duration.ofDays(30);

    public AccessPolicy {
        requireNonNull(scope, "scope");
        requireNonNull(ipDefault, "ipDefault");
        requireNonNull(geoDefault, "geoDefault");
        requireNonNull(unknownCountry, "unknownCountry");
        requireNonNull(privateAddress, "privateAddress");
        requireNonNull(precedence, "precedence");
        requireNonNull(stepUpAge, "stepUpAge");
        if (stepUpAge.compareTo(SHORTEST_AGE) < 0 || stepUpAge.compareTo(LONGEST_AGE) > 0) {
            throw new InvalidRequestException("stepUpAge is PT1M to P30D; " + stepUpAge + " is not.");
        }
        if (secondFactorFrom != null && secondFactorFrom.isAfter(Texts.LAST)) {
            throw new InvalidRequestException(
                    "secondFactorFrom is at most " + Texts.LAST + "; leave it out for never.");
        }
        secondFactorFrom = IpRule.exact(secondFactorFrom);
    }

    /** What counts in a scope whose policy was never changed. */
    public static AccessPolicy standard(RuleScope scope) {
        return new AccessPolicy(
                scope,
                RuleAction.ALLOW,
                RuleAction.ALLOW,
                RuleAction.REQUIRE_VERIFICATION,
                RuleAction.ALLOW,
                false,
                Precedence.DENY_OVERRIDES,
                Duration.ofHours(12),
                null,
                0);
    }

    /** This policy with another default for addresses. */
    public AccessPolicy ipDefault(RuleAction action) {
        return new AccessPolicy(
                scope,
                action,
                geoDefault,
                unknownCountry,
                privateAddress,
                ipAllowOverridesGeo,
                precedence,
                stepUpAge,
                secondFactorFrom,
                version);
    }

    /** This policy with another default for countries. */
    public AccessPolicy geoDefault(RuleAction action) {
        return new AccessPolicy(
                scope,
                ipDefault,
                action,
                unknownCountry,
                privateAddress,
                ipAllowOverridesGeo,
                precedence,
                stepUpAge,
                secondFactorFrom,
                version);
    }

    /** This policy with another answer where the country isn't known. */
    public AccessPolicy unknownCountry(RuleAction action) {
        return new AccessPolicy(
                scope,
                ipDefault,
                geoDefault,
                action,
                privateAddress,
                ipAllowOverridesGeo,
                precedence,
                stepUpAge,
                secondFactorFrom,
                version);
    }

    /** This policy with another answer to private addresses. */
    public AccessPolicy privateAddress(RuleAction action) {
        return new AccessPolicy(
                scope,
                ipDefault,
                geoDefault,
                unknownCountry,
                action,
                ipAllowOverridesGeo,
                precedence,
                stepUpAge,
                secondFactorFrom,
                version);
    }

    /** This policy, letting IP rules that allow override geo rules or not. */
    public AccessPolicy ipAllowOverridesGeo(boolean overrides) {
        return new AccessPolicy(
                scope,
                ipDefault,
                geoDefault,
                unknownCountry,
                privateAddress,
                overrides,
                precedence,
                stepUpAge,
                secondFactorFrom,
                version);
    }

    /** This policy with another precedence. */
    public AccessPolicy precedence(Precedence which) {
        return new AccessPolicy(
                scope,
                ipDefault,
                geoDefault,
                unknownCountry,
                privateAddress,
                ipAllowOverridesGeo,
                which,
                stepUpAge,
                secondFactorFrom,
                version);
    }

    /** This policy with another age. */
    public AccessPolicy stepUpAge(Duration age) {
        return new AccessPolicy(
                scope,
                ipDefault,
                geoDefault,
                unknownCountry,
                privateAddress,
                ipAllowOverridesGeo,
                precedence,
                age,
                secondFactorFrom,
                version);
    }

    /** This policy, asking for a second factor from then on. */
    public AccessPolicy secondFactorFrom(@Nullable Instant from) {
        return new AccessPolicy(
                scope,
                ipDefault,
                geoDefault,
                unknownCountry,
                privateAddress,
                ipAllowOverridesGeo,
                precedence,
                stepUpAge,
                from,
                version);
    }

    /** This policy as of that version, which is the one that was read. */
    public AccessPolicy version(long read) {
        return new AccessPolicy(
                scope,
                ipDefault,
                geoDefault,
                unknownCountry,
                privateAddress,
                ipAllowOverridesGeo,
                precedence,
                stepUpAge,
                secondFactorFrom,
                read);
    }

    AccessPolicy next() {
        return version(version + 1);
    }
}
