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
            Precedence precedence,
            Duration stepUpAge,
            long version) {

        static AccessPolicyView of(AccessPolicy policy) {
            ScopeParts scope = ScopeParts.of(policy.scope());
            return new AccessPolicyView(
                    scope.type(),
                    scope.owner(),
                    scope.group(),
                    scope.apiKeyId(),
                    policy.ipDefault(),
                    policy.precedence(),
                    policy.stepUpAge(),
                    policy.version());
        }
    }

    /** A scope in its parts. */
    private record ScopeParts(
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

    /** Whether a caller may. */
    record AccessDecisionView(
            AccessDecision.Outcome outcome,

            @Describe("What speaks against it, the strictest first.") @Size(max = 100)
            List<ReasonView> reasons,

            @Describe("How fresh a second factor would be enough.") @Nullable
            Duration secondFactorWithin,

            Instant decidedAt) {

        /** Customers don't hear which of the platform's rules it was, lest they learn how to get around it. */
        static AccessDecisionView of(AccessDecision decision, ApiPrincipal caller) {
            String platform = RuleScope.platform().text();
            return new AccessDecisionView(
                    decision.outcome(),
                    decision.reasons().stream()
                            .map(reason -> new ReasonView(
                                    reason.code(),
                                    reason.scope(),
                                    platform.equals(reason.scope()) && !caller.operator() ? null : reason.ruleId()))
                            .toList(),
                    decision.secondFactorWithin(),
                    decision.decidedAt());
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
