package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Secret;
import dev.matrix.core.wire.Size;
import dev.matrix.security.SecurityRequests.ScopeType;
import dev.matrix.security.spi.ApiKeyRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What callers get. */
final class SecurityViews {

    private SecurityViews() {}

    /** A rule. */
    record IpRuleView(
            String id,
            ScopeType scopeType,
            @Nullable Owner owner,
            @Nullable String group,
            @Nullable String apiKeyId,
            String range,
            RuleAction action,
            @Length(max = 500) String note,
            @Nullable Instant expiresAt,
            Instant createdAt,
            String createdBy,

            @Describe("How often it has decided; written once a minute.")
            long hits,

            @Nullable Instant lastHitAt) {

        static IpRuleView of(IpRule rule) {
            ScopeParts scope = ScopeParts.of(rule.scope());
            return new IpRuleView(
                    rule.id(),
                    scope.type(),
                    scope.owner(),
                    scope.group(),
                    scope.apiKeyId(),
                    rule.range().toString(),
                    rule.action(),
                    rule.note(),
                    rule.expiresAt(),
                    rule.createdAt(),
                    rule.createdBy(),
                    rule.hits(),
                    rule.lastHitAt());
        }
    }

    /** What came of a change of rules. */
    record RuleChangeView(
            @Describe("False of a dry run.") boolean applied,

            @Describe("The rules that are there now.") @Size(max = 100_000)
            List<String> ids,

            @Describe("What may not be meant, for people.") @Size(max = 100) @Length(max = 4_096)
            List<String> warnings) {}

    /** How a scope decides. */
    record AccessPolicyView(
            ScopeType scopeType,
            @Nullable Owner owner,
            @Nullable String group,
            @Nullable String apiKeyId,
            RuleAction ipDefault,
            RuleAction geoDefault,
            RuleAction unknownCountry,
            RuleAction privateAddress,
            boolean ipAllowOverridesGeo,
            Precedence precedence,
            Duration stepUpAge,
            @Nullable Instant secondFactorFrom,
            long version) {

        static AccessPolicyView of(AccessPolicy policy) {
            ScopeParts scope = ScopeParts.of(policy.scope());
            return new AccessPolicyView(
                    scope.type(),
                    scope.owner(),
                    scope.group(),
                    scope.apiKeyId(),
                    policy.ipDefault(),
                    policy.geoDefault(),
                    policy.unknownCountry(),
                    policy.privateAddress(),
                    policy.ipAllowOverridesGeo(),
                    policy.precedence(),
                    policy.stepUpAge(),
                    policy.secondFactorFrom(),
                    policy.version());
        }
    }

    /** A scope in its parts. */
    record ScopeParts(
            ScopeType type,
            @Nullable Owner owner,
            @Nullable String group,
            @Nullable String apiKeyId) {

        static ScopeParts of(RuleScope scope) {
            if (scope instanceof RuleScope.Of of) {
                return new ScopeParts(ScopeType.OWNER, of.owner(), null, null);
            }
            if (scope instanceof RuleScope.Group group) {
                return new ScopeParts(ScopeType.GROUP, group.owner(), group.name(), null);
            }
            if (scope instanceof RuleScope.Key key) {
                return new ScopeParts(ScopeType.KEY, null, null, key.id());
            }
            return new ScopeParts(ScopeType.PLATFORM, null, null, null);
        }
    }

    /** One reason of a decision. */
    record ReasonView(
            AccessDecision.Code code,
            @Nullable String scope,
            @Nullable String ruleId) {}

    /** What one scope says. */
    record ScopeAnswerView(
            String scope,

            @Describe("False: it holds what only a newer version of the software knows.")
            boolean readable,

            RuleAction ip,

            @Describe("The IP rule that decides; none: the default does.") @Nullable
            String ipRuleId,

            @Describe("Other IP rules that match.") @Size(max = 8)
            List<String> otherRuleIds,

            @Describe("What geo rules and settings say; none: they have no say.") @Nullable
            RuleAction geo,

            @Nullable String geoRuleId) {}

    /** Whether a caller may. */
    record AccessDecisionView(
            AccessDecision.Outcome outcome,

            @Describe("What speaks against it, the strictest first.") @Size(max = 100)
            List<ReasonView> reasons,

            @Describe("Where the client is: ISO 3166-1 alpha-2, XK, UNKNOWN or PRIVATE; none: nothing asked.") @Nullable
            String country,

            @Describe("How fresh a second factor would be enough.") @Nullable
            Duration secondFactorWithin,

            Instant decidedAt,

            @Describe("With explain: what each scope says.") @Size(max = 35) @Nullable
            List<ScopeAnswerView> scopes) {

        static AccessDecisionView of(AccessDecision decision, ApiPrincipal caller) {
            return new AccessDecisionView(
                    decision.outcome(),
                    decision.reasons().stream()
                            .map(reason -> new ReasonView(
                                    reason.code(), reason.scope(), shown(caller, reason.scope(), reason.ruleId())))
                            .toList(),
                    decision.country(),
                    decision.secondFactorWithin(),
                    decision.decidedAt(),
                    null);
        }

        static AccessDecisionView of(AccessExplanation explained, ApiPrincipal caller) {
            AccessDecisionView plain = of(explained.decision(), caller);
            return new AccessDecisionView(
                    plain.outcome,
                    plain.reasons,
                    plain.country,
                    plain.secondFactorWithin,
                    plain.decidedAt,
                    explained.scopes().stream()
                            .map(each -> new ScopeAnswerView(
                                    each.scope(),
                                    each.readable(),
                                    each.ip(),
                                    shown(caller, each.scope(), each.ipRuleId()),
                                    isShown(caller, each.scope()) ? each.otherRuleIds() : List.of(),
                                    each.geo(),
                                    shown(caller, each.scope(), each.geoRuleId())))
                            .toList());
        }

        private static @Nullable String shown(ApiPrincipal caller, @Nullable String scope, @Nullable String ruleId) {
            return isShown(caller, scope) ? ruleId : null;
        }

        /** Customers don't hear which of the platform's rules it was, lest they learn how to get around it. */
        private static boolean isShown(ApiPrincipal caller, @Nullable String scope) {
            return caller.operator() || !RuleScope.platform().text().equals(scope);
        }
    }

    /** An API key, without its text. */
    record ApiKeyView(
            String id,
            Owner owner,
            String name,
            String hint,
            @Size(max = 100) List<String> scopes,
            ApiKeyRow.State state,
            Instant createdAt,
            String createdBy,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {

        static ApiKeyView of(ApiKey key) {
            return new ApiKeyView(
                    key.id(),
                    key.owner(),
                    key.name(),
                    key.hint(),
                    key.scopes().stream().sorted().toList(),
                    key.state(),
                    key.createdAt(),
                    key.createdBy(),
                    key.expiresAt(),
                    key.lastUsedAt());
        }
    }

    /** A key that was just made. */
    record IssuedApiKeyView(
            String id,

            @Describe("What its holder sends as a bearer token; shown this once.") @Secret
            String key,

            String hint,
            @Nullable Instant expiresAt) {

        static IssuedApiKeyView of(IssuedApiKey issued) {
            ApiKey key = issued.key();
            return new IssuedApiKeyView(key.id(), issued.text(), key.hint(), key.expiresAt());
        }

        /** Without the key. */
        @Override
        public String toString() {
            return "IssuedApiKeyView[" + id + "]";
        }
    }
}
