package dev.matrix.security;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.SecurityRequests.ScopeType;
import dev.matrix.security.spi.ApiKeyRow;
import dev.matrix.security.spi.IpRuleRow;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which scopes and keys a call may see and change: an operator all, others those of their own owner. Another's is not found,
 * as if it did not exist. No key changes what holds for itself, or it could free itself.
 */
record ScopeAccess(SecurityStores stores) {

    /** The scope that a call names, for reading it. */
    RuleScope readable(
            ApiContext context,
            @Nullable Tx tx,
            ScopeType type,
            @Nullable Owner owner,
            @Nullable String group,
            @Nullable String apiKeyId) {
        return switch (type) {
            case PLATFORM -> platform(context);
            case OWNER -> RuleScope.of(context.owner(owner));
            case GROUP -> RuleScope.group(context.owner(owner), named("group", group));
            case KEY -> key(context, tx, named("apiKeyId", apiKeyId));
        };
    }

    /** The scope that a call names, for changing it. */
    RuleScope writable(
            ApiContext context,
            ScopeType type,
            @Nullable Owner owner,
            @Nullable String group,
            @Nullable String apiKeyId) {
        RuleScope scope = readable(context, context.tx(), type, owner, group, apiKeyId);
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

    private RuleScope key(ApiContext context, @Nullable Tx tx, String id) {
        ownerOfKey(context, tx, id);
        return RuleScope.key(id);
    }

    /** Whose a key is. */
    Owner ownerOfKey(ApiContext context, @Nullable Tx tx, String id) {
        return read(tx, open -> stores.keys().find(open, id))
                .map(ApiKeyRow::owner)
                .filter(context.principal()::mayActFor)
                .orElseThrow(() -> new NotFoundException("No API key " + id + "."));
    }

    private <R> Optional<R> read(@Nullable Tx tx, Function<Tx, Optional<R>> work) {
        return tx == null ? stores.transactions().returning(work) : work.apply(tx);
    }

    /** Lets through who may change that rule. */
    void requireWritable(ApiContext context, String ruleId) {
        Tx tx = context.tx();
        RuleScope scope = stores.rules()
                .find(tx, ruleId)
                .filter(row -> mayActFor(context.principal(), row))
                .map(row -> ScopeText.parse(row.scope()))
                .orElseThrow(() -> new NotFoundException("No rule " + ruleId + "."));
        requireOther(context, scope);
    }

    private static boolean mayActFor(ApiPrincipal principal, IpRuleRow row) {
        return principal.operator() || row.owner().equals(principal.owner().toString());
    }
}
