package dev.matrix.security;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision and how it comes about, for support and for trying out rules.
 *
 * @param decision the same as {@link AccessChecks#decide} gives at that time
 * @param scopes what each scope that has a say says, in the order in which they are asked
 */
public record AccessExplanation(AccessDecision decision, List<ScopeAnswer> scopes) {

    public AccessExplanation {
        scopes = List.copyOf(scopes);
    }

    /**
     * What one scope says.
     *
     * @param scope as {@link RuleScope#text()}
     * @param readable false: it holds what only a newer version of the software knows, so the rest says nothing
     * @param ip what its IP rules, or its default, say
     * @param ipRuleId the rule that decides; null: the default does
     * @param otherRuleIds other IP rules that match, at most 8
     * @param geo what its geo rules and settings say; null: they have no say
     * @param geoRuleId the geo rule that decides; null: a setting does
     */
    public record ScopeAnswer(
            String scope,
            boolean readable,
            RuleAction ip,
            @Nullable String ipRuleId,
            List<String> otherRuleIds,
            @Nullable RuleAction geo,
            @Nullable String geoRuleId) {

        public ScopeAnswer {
            otherRuleIds = List.copyOf(otherRuleIds);
        }
    }
}
