package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.KeyMode;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.core.net.ClientAddresses;
import dev.matrix.security.SecurityRequests.CheckAccess;
import dev.matrix.security.SecurityViews.AccessDecisionView;
import java.util.List;
import java.util.Set;

/** The operation that decides, for hosts that don't run in Java. */
record CheckOperations(ApiArea area, AccessChecks access, ClientAddresses clients, ScopeAccess scopes) {

    List<Operation<?, ?>> all() {
        return List.of(area.asking(
                        "check",
                        Operation.post(
                                "/v1/security/access-checks", CheckAccess.class, Reply.json(AccessDecisionView.class)),
                        "checkAccess",
                        "Decides whether a caller may; a denial is a decision too.")
                .byOwners()
                .key(KeyMode.UNUSED)
                .status(200)
                .example("from a blocked network", SecurityExamples.CHECK, SecurityExamples.DECISION)
                .handle(this::check));
    }

    private AccessDecisionView check(CheckAccess q, ApiContext context) {
        Owner owner = context.owner(q.owner());
        if (q.apiKeyId() != null) {
            scopes.ownerOfKey(context, q.apiKeyId());
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
        return q.explain()
                ? AccessDecisionView.of(access.explain(request), context.principal())
                : AccessDecisionView.of(access.decide(request), context.principal());
    }
}
