package dev.matrix.security;

import static dev.matrix.security.SecurityApi.scoped;

import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.KeyMode;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.security.SecurityRequests.CheckAccess;
import dev.matrix.security.SecurityViews.AccessDecisionView;
import dev.matrix.security.address.ClientAddresses;
import java.util.List;
import java.util.Set;

/** The operation that decides, for hosts that don't run in Java. */
record CheckOperations(AccessChecks access, ClientAddresses clients, ScopeAccess scopes) {

    List<Operation<?, ?>> all() {
        return List.of(scoped(
                        Operation.post(
                                "/v1/security/access-checks", CheckAccess.class, Reply.json(AccessDecisionView.class)),
                        "check",
                        "checkAccess",
                        "Decides whether a caller may; a denial is a decision too.")
                .key(KeyMode.UNUSED)
                .status(200)
                .example("from a blocked network", SecurityExamples.CHECK, SecurityExamples.DECISION)
                .handle(this::check));
    }

    private AccessDecisionView check(CheckAccess q, ApiContext context) {
        Owner owner = context.owner(q.owner());
        if (q.apiKeyId() != null) {
            scopes.ownerOfKey(context, null, q.apiKeyId());
        }
        AccessRequest request = new AccessRequest(
                owner,
                q.subjectId(),
                q.groups() == null ? Set.of() : Set.copyOf(q.groups()),
                q.apiKeyId(),
                clients.resolve(q.peer(), q.forwarded() == null ? List.of() : q.forwarded()),
                q.level(),
                q.action(),
                q.secondFactorAt());
        return AccessDecisionView.of(access.decide(request), context.principal());
    }
}
