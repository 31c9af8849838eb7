package dev.matrix.security;

import dev.matrix.core.api.ApiGuard;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.GuardVerdict;
import dev.matrix.core.api.Operation;
import dev.matrix.core.net.ClientAddress;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides about calls of the API. Callers hear whether, never why; where a function of the host's throws, it is a denial. */
record AccessGuard(
        AccessChecks access,
        Function<Operation<?, ?>, SecurityLevel> levelOf,
        Function<ApiPrincipal, @Nullable Instant> secondFactorOf)
        implements ApiGuard {

    private static final Logger LOG = LoggerFactory.getLogger(AccessGuard.class);

    @Override
    public GuardVerdict check(ApiPrincipal principal, Operation<?, ?> operation, String clientAddress, Instant now) {
        try {
            return check(principal, operation, clientAddress);
        } catch (RuntimeException | Error failed) {
            LOG.warn("Whether {} may be called can't be said, so it is denied.", operation.id(), failed);
            return new GuardVerdict.Refuse("access_denied");
        }
    }

    private GuardVerdict check(ApiPrincipal principal, Operation<?, ?> operation, String clientAddress) {
        AccessRequest request = new AccessRequest(
                principal.owner(),
                null,
                Set.of(),
                principal.id(),
                ClientAddress.parse(clientAddress),
                levelOf.apply(operation),
                operation.id(),
                secondFactorOf.apply(principal));
        return switch (access.decide(request).outcome()) {
            case ALLOW -> new GuardVerdict.Admit();
            case REQUIRE_VERIFICATION -> new GuardVerdict.Refuse("verification_required");
            case DENY -> new GuardVerdict.Refuse("access_denied");
        };
    }
}
