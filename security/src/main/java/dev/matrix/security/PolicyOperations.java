package dev.matrix.security;

import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.security.SecurityRequests.GetPolicy;
import dev.matrix.security.SecurityRequests.ReplacePolicy;
import dev.matrix.security.SecurityViews.AccessPolicyView;
import java.util.List;

/** Operations on policies. */
record PolicyOperations(ApiArea area, AccessRules rules, ScopeAccess scopes) {

    private static final String PATH = "/v1/security/policies/{scopeType}";

    List<Operation<?, ?>> all() {
        return List.of(
                area.reading(
                                Operation.get(PATH, GetPolicy.class, Reply.json(AccessPolicyView.class)),
                                "getAccessPolicy",
                                "Shows how a scope decides.")
                        .byOwners()
                        .example("an owner's", SecurityExamples.GET_POLICY, SecurityExamples.POLICY)
                        .handle(this::policy),
                area.writing(
                                Operation.put(PATH, ReplacePolicy.class, Reply.json(AccessPolicyView.class)),
                                "replaceAccessPolicy",
                                "Replaces how a scope decides.")
                        .byOwners()
                        .error(RuleReplies.UNCONFIRMED, 409, RuleReplies.UNCONFIRMED_TITLE)
                        .example("an owner's", SecurityExamples.REPLACE_POLICY, SecurityExamples.POLICY)
                        .handle(this::replace));
    }

    private AccessPolicyView policy(GetPolicy q, ApiContext context) {
        return AccessPolicyView.of(
                rules.policy(scopes.readable(context, q.scopeType(), q.owner(), q.group(), q.apiKeyId())));
    }

    private AccessPolicyView replace(ReplacePolicy q, ApiContext context) {
        RuleScope scope = scopes.writable(context, q.scopeType(), q.owner(), q.group(), q.apiKeyId());
        AccessPolicy policy = new AccessPolicy(
                scope,
                q.ipDefault(),
                q.geoDefault(),
                q.unknownCountry(),
                q.privateAddress(),
                q.ipAllowOverridesGeo(),
                q.precedence(),
                q.stepUpAge(),
                q.secondFactorFrom(),
                q.version());
        Change how = RuleReplies.change(context, false, q.confirmed(), null);
        RuleReplies.told(context, rules.replacePolicy(context.tx(), policy, how));
        return AccessPolicyView.of(policy.next());
    }
}
