package dev.matrix.security;

import dev.matrix.core.api.ApiAuthenticator;
import dev.matrix.core.api.ApiGuard;
import dev.matrix.core.api.ApiListener;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.net.ClientAddresses;

/** {@link Security} over its stores; leaves the work to its rooms. */
record StoredSecurity(
        SecurityStores stores,
        AccessRules rules,
        AccessChecks access,
        ClientAddresses clientAddresses,
        ApiKeys apiKeys,
        SecondFactors secondFactors,
        StoredAuditLog auditLog,
        Erasures erasures,
        ApiAuthenticator authenticator,
        ApiGuard guard,
        ApiListener listener)
        implements Security {

    @Override
    public ApiModule api() {
        return new SecurityApi(this);
    }
}
