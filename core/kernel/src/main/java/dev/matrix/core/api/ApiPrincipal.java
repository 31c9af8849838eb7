package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import dev.matrix.core.wire.ApiVersion;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls.
 *
 * @param id of the principal, such as the API key's id; no secret
 * @param owner whom it acts for: its account
 * @param scopes what it may do; matched exactly
 * @param version the dated version it is bound to; null: the account's pin decides
 */
public record ApiPrincipal(
        String id,
        Owner owner,
        Set<String> scopes,
        @Nullable ApiVersion version) {

    /** The scope that makes an operator. */
    public static final String OPERATE = "platform:operate";

    public ApiPrincipal {
        requireNonNull(id, "id");
        requireNonNull(owner, "owner");
        scopes = Set.copyOf(scopes);
    }

    /** Whether it acts for every owner. */
    public boolean operator() {
        return scopes.contains(OPERATE);
    }

    /** Whether it acts for that owner: an operator, or its own. */
    public boolean mayActFor(Owner other) {
        return owner.equals(other) || operator();
    }
}
