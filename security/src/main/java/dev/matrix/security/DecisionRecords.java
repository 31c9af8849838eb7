package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.core.net.ClientAddress;
import dev.matrix.security.AuditEntry.Category;
import dev.matrix.security.AuditEntry.Target;
import java.util.Map;

/**
 * Writes down what was decided: of a CRITICAL action always, before anybody is told, so that what isn't recorded isn't
 * allowed; of others what isn't allowed, counted per minute.
 */
record DecisionRecords(AuditLog audit, Tally tally) {

    private static final Actor CHECKS = Actor.software("access-checks");

    void keep(AccessRequest request, AccessDecision decision) {
        if (request.level() == SecurityLevel.CRITICAL) {
            audit.append(entry(request, decision));
        } else if (!decision.isAllowed()) {
            Owner owner = request.owner();
            tally.count(
                    owner,
                    request.subjectId() + " " + network(request.client()) + " "
                            + decision.reasons().get(0),
                    entry(request, decision));
        }
    }

    private static AuditEntry entry(AccessRequest request, AccessDecision decision) {
        String reasons = decision.reasons().isEmpty()
                ? "none"
                : decision.reasons().get(0).code().name();
        Actor actor = request.subjectId() != null
                ? Actor.person(new Subject(request.owner(), request.subjectId()))
                : request.apiKeyId() != null ? Actor.key(request.apiKeyId()) : CHECKS;
        return AuditEntry.of(
                        request.owner(),
                        actor,
                        "access.decided",
                        Category.ACCESS,
                        new Target("action", request.action()))
                .level(request.level())
                .success(decision.isAllowed())
                .data(Map.of("outcome", decision.outcome().name(), "reason", reasons));
    }

    /** Neighbours count as one: what one customer usually has. It is counted by, and never written down. */
    static String network(ClientAddress client) {
        return client instanceof ClientAddress.Resolved known
                ? known.address().network().toString()
                : ClientAddress.UNRESOLVABLE;
    }
}
