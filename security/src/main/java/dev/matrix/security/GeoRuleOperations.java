package dev.matrix.security;

import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.security.GeoRequests.AddGeoRule;
import dev.matrix.security.GeoRequests.GeoRuleView;
import dev.matrix.security.GeoRequests.ListGeoRules;
import dev.matrix.security.GeoRequests.RemoveGeoRule;
import dev.matrix.security.SecurityViews.RuleChangeView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operations on geo rules. */
record GeoRuleOperations(ApiArea area, AccessRules rules, ScopeAccess scopes) {

    List<Operation<?, ?>> all() {
        return List.of(
                area.writing(
                                Operation.post(
                                        "/v1/security/geo-rules", AddGeoRule.class, Reply.json(RuleChangeView.class)),
                                "addGeoRule",
                                "Adds a rule about where addresses are.")
                        .byOwners()
                        .status(201)
                        .error(RuleReplies.UNCONFIRMED, 409, RuleReplies.UNCONFIRMED_TITLE)
                        .example("block Tor", GeoRequests.ADD, GeoRequests.ADDED)
                        .handle(this::add),
                area.reading(
                                Operation.get(
                                        "/v1/security/geo-rules", ListGeoRules.class, Reply.pageOf(GeoRuleView.class)),
                                "listGeoRules",
                                "Lists a scope's geo rules, expired ones too.")
                        .byOwners()
                        .example("an owner's", GeoRequests.LIST, new Page<>(List.of(GeoRequests.VIEW), null))
                        .handle(this::list),
                area.writing(
                                Operation.delete("/v1/security/geo-rules/{id}", RemoveGeoRule.class, Reply.none()),
                                "removeGeoRule",
                                "Removes a geo rule.")
                        .byOwners()
                        .error(RuleReplies.UNCONFIRMED, 409, RuleReplies.UNCONFIRMED_TITLE)
                        .example("a rule", GeoRequests.REMOVE, null)
                        .handle(this::remove));
    }

    private RuleChangeView add(AddGeoRule q, ApiContext context) {
        RuleScope scope = scopes.writable(context, q.scopeType(), q.owner(), q.group(), q.apiKeyId());
        GeoRule rule = GeoRule.of(scope, q.match(), q.action())
                .note(q.note() == null ? "" : q.note())
                .expiresAt(q.expiresAt());
        Change how = RuleReplies.change(context, q.dryRun(), q.confirmed(), q.callerAddress());
        return RuleReplies.told(context, rules.add(context.tx(), rule, how));
    }

    private Page<GeoRuleView> list(ListGeoRules q, ApiContext context) {
        RuleScope scope = scopes.readable(context, q.scopeType(), q.owner(), q.group(), q.apiKeyId());
        return rules.geoRules(scope, new PageRequest(q.limit(), q.cursor())).map(GeoRuleView::of);
    }

    @Nullable
    private Void remove(RemoveGeoRule q, ApiContext context) {
        scopes.requireWritable(context, q.id());
        Change how = RuleReplies.change(context, false, q.confirmed(), null);
        RuleReplies.told(context, rules.remove(context.tx(), q.id(), how));
        return null;
    }
}
