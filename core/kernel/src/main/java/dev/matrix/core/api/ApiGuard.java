package dev.matrix.core.api;

import java.time.Instant;

/** Has a say after the scope: by address, country, risk. Called by any number of threads. */
@FunctionalInterface
public interface ApiGuard {

    /** Admits or refuses an authenticated call; anonymous operations aren't asked about. */
    GuardVerdict check(ApiPrincipal principal, Operation<?, ?> operation, String clientAddress, Instant now);

    /** Admits all. */
    static ApiGuard open() {
        return (principal, operation, clientAddress, now) -> new GuardVerdict.Admit();
    }
}
