package dev.matrix.security;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.core.net.IpRange;
import dev.matrix.security.SecurityRequests.AddIpRule;
import dev.matrix.security.SecurityRequests.ImportIpRules;
import dev.matrix.security.SecurityRequests.ImportedRule;
import dev.matrix.security.SecurityRequests.ListIpRules;
import dev.matrix.security.SecurityRequests.RemoveIpRule;
import dev.matrix.security.SecurityViews.IpRuleView;
import dev.matrix.security.SecurityViews.RuleChangeView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operations on IP rules. */
record RuleOperations(ApiArea area, AccessRules rules, ScopeAccess scopes) {

    List<Operation<?, ?>> all() {
        return List.of(
                area.writing(
                                Operation.post(
                                        "/v1/security/ip-rules", AddIpRule.class, Reply.json(RuleChangeView.class)),
                                "addIpRule",
                                "Adds a rule about addresses.")
                        .byOwners()
                        .status(201)
                        .error(RuleReplies.UNCONFIRMED, 409, RuleReplies.UNCONFIRMED_TITLE)
                        .example("block a network", SecurityExamples.ADD_RULE, SecurityExamples.ADDED)
                        .handle(this::add),
                area.writing(
                                Operation.post(
                                        "/v1/security/ip-rules/imports",
                                        ImportIpRules.class,
                                        Reply.json(RuleChangeView.class)),
                                "importIpRules",
                                "Adds many rules, all or none.")
                        .byOwners()
                        .status(200)
                        .error(RuleReplies.UNCONFIRMED, 409, RuleReplies.UNCONFIRMED_TITLE)
                        .error("invalid_rules", 422, "Some rules are invalid")
                        .example("two networks", SecurityExamples.IMPORT, SecurityExamples.ADDED)
                        .handle(this::importAll),
                area.reading(
                                Operation.get(
                                        "/v1/security/ip-rules", ListIpRules.class, Reply.pageOf(IpRuleView.class)),
                                "listIpRules",
                                "Lists a scope's rules, expired ones too.")
                        .byOwners()
                        .example(
                                "an owner's",
                                SecurityExamples.LIST_RULES,
                                new Page<>(List.of(SecurityExamples.RULE_VIEW), null))
                        .handle(this::list),
                area.writing(
                                Operation.delete("/v1/security/ip-rules/{id}", RemoveIpRule.class, Reply.none()),
                                "removeIpRule",
                                "Removes a rule.")
                        .byOwners()
                        .error(RuleReplies.UNCONFIRMED, 409, RuleReplies.UNCONFIRMED_TITLE)
                        .example("a rule", SecurityExamples.REMOVE_RULE, null)
                        .handle(this::remove));
    }

    private RuleChangeView add(AddIpRule q, ApiContext context) {
        RuleScope scope = scopes.writable(context, q.scopeType(), q.owner(), q.group(), q.apiKeyId());
        IpRule rule = IpRule.of(scope, IpRange.parse(q.range()), q.action())
                .note(q.note() == null ? "" : q.note())
                .expiresAt(q.expiresAt());
        Change how = RuleReplies.change(context, q.dryRun(), q.confirmed(), q.callerAddress());
        return RuleReplies.told(context, rules.add(context.tx(), rule, how));
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
        Change how = RuleReplies.change(context, q.dryRun(), q.confirmed(), null);
        return RuleReplies.told(context, rules.importIpRules(context.tx(), scope, read, q.replaceAll(), how));
    }

    private Page<IpRuleView> list(ListIpRules q, ApiContext context) {
        RuleScope scope = scopes.readable(context, q.scopeType(), q.owner(), q.group(), q.apiKeyId());
        return rules.ipRules(scope, new PageRequest(q.limit(), q.cursor())).map(IpRuleView::of);
    }

    @Nullable
    private Void remove(RemoveIpRule q, ApiContext context) {
        scopes.requireWritable(context, q.id());
        RuleReplies.told(
                context, rules.remove(context.tx(), q.id(), RuleReplies.change(context, false, q.confirmed(), null)));
        return null;
    }
}
