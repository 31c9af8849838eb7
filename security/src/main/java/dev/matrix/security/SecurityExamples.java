package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.security.SecurityRequests.AddIpRule;
import dev.matrix.security.SecurityRequests.CheckAccess;
import dev.matrix.security.SecurityRequests.GetPolicy;
import dev.matrix.security.SecurityRequests.ImportIpRules;
import dev.matrix.security.SecurityRequests.ImportedRule;
import dev.matrix.security.SecurityRequests.IssueKey;
import dev.matrix.security.SecurityRequests.KeyId;
import dev.matrix.security.SecurityRequests.ListIpRules;
import dev.matrix.security.SecurityRequests.ListKeys;
import dev.matrix.security.SecurityRequests.RemoveIpRule;
import dev.matrix.security.SecurityRequests.ReplacePolicy;
import dev.matrix.security.SecurityRequests.RotateKey;
import dev.matrix.security.SecurityRequests.ScopeType;
import dev.matrix.security.SecurityViews.AccessDecisionView;
import dev.matrix.security.SecurityViews.AccessPolicyView;
import dev.matrix.security.SecurityViews.ApiKeyView;
import dev.matrix.security.SecurityViews.IpRuleView;
import dev.matrix.security.SecurityViews.IssuedApiKeyView;
import dev.matrix.security.SecurityViews.ReasonView;
import dev.matrix.security.SecurityViews.RuleChangeView;
import dev.matrix.security.spi.ApiKeyRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One owner's story, told in the examples of the operations. */
final class SecurityExamples {

    private static final Instant AT = Instant.parse("2026-11-02T09:30:00Z");
    private static final String RULE = "ipr_01kdvdna009xkjgcjvmb5kf650";
    private static final String KEY = "key_01kdvdna009xkjgcjvmb5kf651";
    private static final String NEWER_KEY = "key_01kdvf0q4v3m8e6z1n7rwy5h2c";
    private static final String HINT = "mtx_live_4Yz…x8Qd";
    private static final Owner OWNER = Owner.user("u_contract");

    private SecurityExamples() {}

    static final AddIpRule ADD_RULE = new AddIpRule(
            ScopeType.OWNER,
            OWNER,
            null,
            null,
            "203.0.113.0/24",
            RuleAction.BLOCK,
            "Credential stuffing, November",
            null,
            false,
            false,
            null);

    static final RuleChangeView ADDED = new RuleChangeView(true, List.of(RULE), List.of());

    static final ImportIpRules IMPORT = new ImportIpRules(
            ScopeType.OWNER,
            OWNER,
            null,
            null,
            List.of(
                    new ImportedRule("198.51.100.0/25", RuleAction.BLOCK, null, null),
                    new ImportedRule("2001:db8::/48", RuleAction.REQUIRE_VERIFICATION, "Branch office", null)),
            false,
            false,
            false);

    static final ListIpRules LIST_RULES = new ListIpRules(ScopeType.OWNER, OWNER, null, null, 20, null);

    static final IpRuleView RULE_VIEW = new IpRuleView(
            RULE,
            ScopeType.OWNER,
            OWNER,
            null,
            null,
            "203.0.113.0/24",
            RuleAction.BLOCK,
            "Credential stuffing, November",
            null,
            AT,
            "key:" + KEY,
            0,
            null);

    static final RemoveIpRule REMOVE_RULE = new RemoveIpRule(RULE, false);

    static final GetPolicy GET_POLICY = new GetPolicy(ScopeType.OWNER, OWNER, null, null);

    static final ReplacePolicy REPLACE_POLICY = new ReplacePolicy(
            ScopeType.OWNER,
            OWNER,
            null,
            null,
            RuleAction.REQUIRE_VERIFICATION,
            RuleAction.ALLOW,
            RuleAction.REQUIRE_VERIFICATION,
            RuleAction.ALLOW,
            false,
            Precedence.MOST_SPECIFIC,
            Duration.ofHours(1),
            null,
            0,
            false);

    static final AccessPolicyView POLICY = new AccessPolicyView(
            ScopeType.OWNER,
            OWNER,
            null,
            null,
            RuleAction.REQUIRE_VERIFICATION,
            RuleAction.ALLOW,
            RuleAction.REQUIRE_VERIFICATION,
            RuleAction.ALLOW,
            false,
            Precedence.MOST_SPECIFIC,
            Duration.ofHours(1),
            null,
            1);

    static final CheckAccess CHECK = new CheckAccess(
            OWNER,
            null,
            List.of("admins"),
            null,
            "203.0.113.7",
            null,
            SecurityLevel.MEDIUM,
            "refund.create",
            null,
            false);

    static final AccessDecisionView DECISION = new AccessDecisionView(
            AccessDecision.Outcome.DENY,
            List.of(new ReasonView(AccessDecision.Code.IP_RULE, "owner:user:u_contract", RULE)),
            null,
            null,
            AT,
            null);

    static final IssueKey ISSUE = new IssueKey(OWNER, "Nightly import", List.of("security:read"), null);

    static final IssuedApiKeyView ISSUED =
            new IssuedApiKeyView(KEY, "mtx_live_4YzExampleOfAKeyThatOpensNothing0123456789abcx8Qd", HINT, null);

    static final ListKeys LIST_KEYS = new ListKeys(OWNER, 20, null);

    static final ApiKeyView KEY_VIEW = new ApiKeyView(
            KEY,
            OWNER,
            "Nightly import",
            HINT,
            List.of("security:read"),
            ApiKeyRow.State.ACTIVE,
            AT,
            "key:key_bootstrap",
            null,
            null);

    static final KeyId KEY_ID = new KeyId(KEY);

    static final RotateKey ROTATE = new RotateKey(KEY, Duration.ofHours(24));

    static final IssuedApiKeyView ROTATED = new IssuedApiKeyView(
            NEWER_KEY, "mtx_live_7TqExampleOfAKeyThatOpensNothing0123456789abcm2Rv", "mtx_live_7Tq…m2Rv", null);
}
