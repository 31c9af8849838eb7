package dev.matrix.security;

import static dev.matrix.security.SecurityApi.scoped;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.security.SecurityRequests.AddIpRule;
import dev.matrix.security.SecurityRequests.GetPolicy;
import dev.matrix.security.SecurityRequests.ImportIpRules;
import dev.matrix.security.SecurityRequests.ImportedRule;
import dev.matrix.security.SecurityRequests.ListIpRules;
import dev.matrix.security.SecurityRequests.RemoveIpRule;
import dev.matrix.security.SecurityRequests.ReplacePolicy;
import dev.matrix.security.SecurityViews.AccessPolicyView;
import dev.matrix.security.SecurityViews.IpRuleView;
import dev.matrix.security.SecurityViews.RuleChangeView;
import dev.matrix.security.address.ClientAddress;
import dev.matrix.security.address.IpAddress;
import dev.matrix.security.address.IpRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operations on rules and policies. */
record RuleOperations(AccessRules rules, ScopeAccess scopes) {

    private static final String UNCONFIRMED = "confirmation_required";
    private static final String UNCONFIRMED_TITLE = "The change may lock people out";

    List<Operation<?, ?>> all() {
        return List.of(
                scoped(
                                Operation.post(
                                        "/v1/security/ip-rules", AddIpRule.class, Reply.json(RuleChangeView.class)),
                                "write",
                                "addIpRule",
                                "Adds a rule about addresses.")
                        .status(201)
                        .error(UNCONFIRMED, 409, UNCONFIRMED_TITLE)
                        .example("block a network", SecurityExamples.ADD_RULE, SecurityExamples.ADDED)
                        .handle(this::add),
                scoped(
                                Operation.post(
                                        "/v1/security/ip-rules/imports",
                                        ImportIpRules.class,
                                        Reply.json(RuleChangeView.class)),
                                "write",
                                "importIpRules",
                                "Adds many rules, all or none.")
                        .status(200)
                        .error(UNCONFIRMED, 409, UNCONFIRMED_TITLE)
                        .error("invalid_rules", 422, "Some rules are invalid")
                        .example("two networks", SecurityExamples.IMPORT, SecurityExamples.ADDED)
                        .handle(this::importAll),
                scoped(
                                Operation.get(
                                        "/v1/security/ip-rules", ListIpRules.class, Reply.pageOf(IpRuleView.class)),
                                "read",
                                "listIpRules",
                                "Lists a scope's rules, expired ones too.")
                        .example(
                                "an owner's",
                                SecurityExamples.LIST_RULES,
                                new Page<>(List.of(SecurityExamples.RULE_VIEW), null))
                        .handle(this::list),
                scoped(
                                Operation.delete("/v1/security/ip-rules/{id}", RemoveIpRule.class, Reply.none()),
                                "write",
                                "removeIpRule",
                                "Removes a rule.")
                        .error(UNCONFIRMED, 409, UNCONFIRMED_TITLE)
                        .example("a rule", SecurityExamples.REMOVE_RULE, null)
                        .handle(this::remove),
                scoped(
                                Operation.get(
                                        "/v1/security/policies/{scopeType}",
                                        GetPolicy.class,
                                        Reply.json(AccessPolicyView.class)),
                                "read",
                                "getAccessPolicy",
                                "Shows how a scope decides.")
                        .example("an owner's", SecurityExamples.GET_POLICY, SecurityExamples.POLICY)
                        .handle(this::policy),
                scoped(
                                Operation.put(
                                        "/v1/security/policies/{scopeType}",
                                        ReplacePolicy.class,
                                        Reply.json(AccessPolicyView.class)),
                                "write",
                                "replaceAccessPolicy",
                                "Replaces how a scope decides.")
                        .error(UNCONFIRMED, 409, UNCONFIRMED_TITLE)
                        .example("an owner's", SecurityExamples.REPLACE_POLICY, SecurityExamples.POLICY)
                        .handle(this::replacePolicy));
    }

    private static Change change(
            ApiContext context, boolean dryRun, boolean confirmed, @Nullable String callerAddress) {
        IpAddress address = null;
        if (callerAddress != null && context.principal().operator()) {
            address = IpAddress.parse(callerAddress);
        } else if (ClientAddress.parse(context.clientAddress()) instanceof ClientAddress.Resolved known) {
            address = known.address();
        }
        return new Change(Actor.key(context.principal().id()), dryRun, confirmed, address);
    }

    private static RuleChangeView told(ApiContext context, RuleChange change) {
        if (change instanceof RuleChange.NeedsConfirmation unsure) {
            throw ApiProblem.of(409, UNCONFIRMED, unsure.why() + " Repeat it with confirmed: true if that is meant.");
        }
        if (change instanceof RuleChange.WouldApply would) {
            context.status(200);
            return new RuleChangeView(false, List.of(), would.warnings());
        }
        RuleChange.Applied applied = (RuleChange.Applied) change;
        return new RuleChangeView(true, applied.ids(), applied.warnings());
    }

    private RuleChangeView add(AddIpRule q, ApiContext context) {
        RuleScope scope = scopes.writable(context, q.scopeType(), q.owner(), q.group(), q.apiKeyId());
        IpRule rule = IpRule.of(scope, IpRange.parse(q.range()), q.action())
                .note(q.note() == null ? "" : q.note())
                .expiresAt(q.expiresAt());
        Change how = change(context, q.dryRun(), q.confirmed(), q.callerAddress());
        return told(context, rules.add(context.tx(), rule, how));
    }

    private RuleChangeView importAll(ImportIpRules q, ApiContext context) {
        RuleScope scope = scopes.writable(context, q.scopeType(), q.owner(), q.group(), q.apiKeyId());
        List<IpRule> read = new ArrayList<>();
        ApiProblem problem = null;
        for (int i = 0; i < q.rules().size(); i++) {
            ImportedRule each = q.rules().get(i);
            try {
                for (IpRange range : IpRange.parseAll(each.range())) {
                    read.add(IpRule.of(scope, range, each.action())
                            .note(each.note() == null ? "" : each.note())
                            .expiresAt(each.expiresAt()));
                }
            } catch (InvalidRequestException e) {
                ApiProblem soFar = problem == null
                        ? ApiProblem.of(422, "invalid_rules", "No rule was added, as some are invalid.")
                        : problem;
                problem = soFar.at("/rules/" + i + "/range", "invalid", String.valueOf(e.getMessage()));
            }
        }
        if (problem != null) {
            throw problem;
        }
        Change how = change(context, q.dryRun(), q.confirmed(), null);
        return told(context, rules.importIpRules(context.tx(), scope, read, q.replaceAll(), how));
    }

    private Page<IpRuleView> list(ListIpRules q, ApiContext context) {
        RuleScope scope = scopes.readable(context, null, q.scopeType(), q.owner(), q.group(), q.apiKeyId());
        return rules.ipRules(scope, new PageRequest(q.limit(), q.cursor())).map(IpRuleView::of);
    }

    @Nullable
    private Void remove(RemoveIpRule q, ApiContext context) {
        scopes.requireWritable(context, q.id());
        told(context, rules.remove(context.tx(), q.id(), change(context, false, q.confirmed(), null)));
        return null;
    }

    private AccessPolicyView policy(GetPolicy q, ApiContext context) {
        return AccessPolicyView.of(
                rules.policy(scopes.readable(context, null, q.scopeType(), q.owner(), q.group(), q.apiKeyId())));
    }

    private AccessPolicyView replacePolicy(ReplacePolicy q, ApiContext context) {
        RuleScope scope = scopes.writable(context, q.scopeType(), q.owner(), q.group(), q.apiKeyId());
        AccessPolicy policy = new AccessPolicy(scope, q.ipDefault(), q.precedence(), q.stepUpAge(), q.version());
        told(context, rules.replacePolicy(context.tx(), policy, change(context, false, q.confirmed(), null)));
        return AccessPolicyView.of(policy.next());
    }
}
