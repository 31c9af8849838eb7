package dev.matrix.security;

import dev.matrix.core.Matrix;
import dev.matrix.core.api.ApiAuthenticator;
import dev.matrix.core.api.ApiGuard;
import dev.matrix.core.api.ApiListener;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.net.ClientAddresses;

/**
 * Who may do what from where: rules about addresses, API keys, second factors, and a log of what was done.
 *
 * <pre>{@code
 * Security security = Security.on(matrix).trustedProxies("10.0.0.0/8").build();
 * ApiDispatcher api = ApiDispatcher.on(matrix)
 *     .authenticator(security.authenticator())
 *     .guard(security.guard())
 *     .listener(security.listener())
 *     .clientAddress(security.clientAddresses())
 *     .modules(security.api())
 *     .build();
 * }</pre>
 *
 * <p>Thread-safe.
 */
public interface Security {

    /** Starts wiring. */
    static SecurityBuilder on(Matrix matrix) {
        return new SecurityBuilder(matrix);
    }

    /** Rules about addresses, and policies. */
    AccessRules rules();

    /** Decides on each request. */
    AccessChecks access();

    /** Finds clients behind the trusted proxies. */
    ClientAddresses clientAddresses();

    /** API keys. */
    ApiKeys apiKeys();

    /** Codes of authenticator apps, and recovery codes. */
    SecondFactors secondFactors();

    /** What was done. */
    AuditLog auditLog();

    /** Erases persons. */
    Erasures erasures();

    /** For {@code ApiDispatcher}: who calls, by API key. Credentials of another form are left to the next authenticator. */
    ApiAuthenticator authenticator();

    /** For {@code ApiDispatcher}: whether a caller may, by {@link #access}. */
    ApiGuard guard();

    /** For {@code ApiDispatcher}: tells the audit log of calls that write, and of refusals once a minute. */
    ApiListener listener();

    /** The HTTP operations, for {@code ApiDispatcher}. */
    ApiModule api();
}
