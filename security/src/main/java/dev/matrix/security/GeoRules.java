package dev.matrix.security;

import dev.matrix.security.AccessDecision.Code;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a scope's geo rules that count now say about a place, with the settings of its policy. Immutable.
 *
 * @param active in the order in which they decide: the strictest first
 */
record GeoRules(AccessPolicy policy, List<GeoRule> active) {

    private static final Comparator<GeoRule> STRICTEST_FIRST =
            Comparator.comparing(GeoRule::action, Comparator.reverseOrder()).thenComparing(GeoRule::id);

    /**
     * What is said.
     *
     * @param ruleId the rule that says so; null: a setting does
     */
    record Finding(RuleAction action, Code code, @Nullable String ruleId) {}

    static GeoRules of(AccessPolicy policy, List<GeoRule> rules, Instant now) {
        return new GeoRules(
                policy,
                rules.stream()
                        .filter(rule -> rule.isActive(now))
                        .sorted(STRICTEST_FIRST)
                        .toList());
    }

    /** Whether anything could be said at all; if not, nobody needs to know where an address is. */
    boolean matter() {
        return asksForCountries() || policy.privateAddress() != RuleAction.ALLOW;
    }

    private boolean asksForCountries() {
        return !active.isEmpty() || policy.geoDefault() != RuleAction.ALLOW;
    }

    Finding about(Place place) {
        if (place.kind() == Place.Kind.PRIVATE) {
            return new Finding(policy.privateAddress(), Code.PRIVATE_ADDRESS, null);
        }
        if (!asksForCountries()) {
            return new Finding(RuleAction.ALLOW, Code.GEO_DEFAULT, null);
        }
        return switch (place.kind()) {
            case FAILED -> unanswered();
            case UNKNOWN -> stricter(deciding(place), new Finding(policy.unknownCountry(), Code.UNKNOWN_COUNTRY, null));
            default -> deciding(place).orElse(new Finding(policy.geoDefault(), Code.GEO_DEFAULT, null));
        };
    }

    private Optional<Finding> deciding(Place place) {
        return active.stream()
                .filter(rule -> rule.match().matches(place.record()))
                .findFirst()
                .map(rule -> new Finding(rule.action(), Code.GEO_RULE, rule.id()));
    }

    private static Finding stricter(Optional<Finding> ofRule, Finding ofSetting) {
        return ofRule.filter(found -> found.action().compareTo(ofSetting.action()) >= 0)
                .orElse(ofSetting);
    }

    /** Where the source can't say: a denial if an answer could have been one, else a second factor. */
    private Finding unanswered() {
        boolean couldBlock = Stream.concat(
                        active.stream().map(GeoRule::action), Stream.of(policy.geoDefault(), policy.unknownCountry()))
                .anyMatch(action -> action == RuleAction.BLOCK);
        return new Finding(couldBlock ? RuleAction.BLOCK : RuleAction.REQUIRE_VERIFICATION, Code.INDETERMINATE, null);
    }
}
