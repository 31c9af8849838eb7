package dev.matrix.security;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.security.SecurityRequests.ScopeType;
import dev.matrix.security.spi.ApiKeyRow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which scopes and keys a call may see and change: an operator all, others those of their own owner. Another's is not found,
 * as if it did not exist. No key changes what holds for itself, or it could free itself.
 */
record ScopeAccess(ApiArea area, SecurityStores stores) {

    /** The scope that a call names, for reading it. */
    RuleScope readable(
            ApiContext context,
            ScopeType type,
            @Nullable Owner owner,
            @Nullable String group,
            @Nullable String apiKeyId) {
        return switch (type) {
            case PLATFORM -> platform(context);
            case OWNER -> RuleScope.of(context.owner(owner));
            case GROUP -> RuleScope.group(context.owner(owner), named("group", group));
            case KEY -> key(context, named("apiKeyId", apiKeyId));
        };
    }

    /** The scope that a call names, for changing it. */
    RuleScope writable(
            ApiContext context,
            ScopeType type,
            @Nullable Owner owner,
            @Nullable String group,
            @Nullable String apiKeyId) {
        RuleScope scope = readable(context, type, owner, group, apiKeyId);
        requireOther(context, scope);
        return scope;
    }

    private static void requireOther(ApiContext context, RuleScope scope) {
        if (scope.equals(RuleScope.key(context.principal().id()))) {
            throw ApiProblem.of(
                    403, "insufficient_scope", "No key changes its own rules and policy; call with another key.");
        }
    }

    private static RuleScope platform(ApiContext context) {
        if (!context.principal().operator()) {
            throw ApiProblem.of(
                    403, "insufficient_scope", "The platform's rules need the scope " + ApiPrincipal.OPERATE + ".");
        }
        return RuleScope.platform();
    }

    private static String named(String what, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw ApiProblem.of(400, "invalid_request", "This scopeType needs the member " + what + ".");
        }
        return value;
    }

    private RuleScope key(ApiContext context, String id) {
        ownerOfKey(context, id);
        return RuleScope.key(id);
    }

    /** Whose a key is. */
    Owner ownerOfKey(ApiContext context, String id) {
        Optional<ApiKeyRow> found = area.within(context, tx -> stores.keys().find(tx, id));
        return area.visible(context, "API key", id, found, ApiKeyRow::owner).owner();
    }

    /** Lets through who may change that rule, of either kind. */
    void requireWritable(ApiContext context, String ruleId) {
        Optional<Owned> found = area.within(
                context,
                tx -> stores.rules()
                        .find(tx, ruleId)
                        .map(row -> new Owned(row.scope(), row.owner()))
                        .or(() -> stores.geoRules().find(tx, ruleId).map(row -> new Owned(row.scope(), row.owner()))));
        Owned rule = found.filter(row -> mayActFor(context.principal(), row))
                .orElseThrow(() -> new NotFoundException("No rule " + ruleId + "."));
        requireOther(context, ScopeText.parse(rule.scope()));
    }

    private record Owned(String scope, String owner) {}

    private static boolean mayActFor(ApiPrincipal principal, Owned row) {
        return principal.operator() || row.owner().equals(principal.owner().toString());
    }
}
