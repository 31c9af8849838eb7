package dev.matrix.core.api;

/** What an {@link ApiAuthenticator} says. */
public sealed interface Authentication {

    /** The caller is this principal. */
    record Authenticated(ApiPrincipal principal) implements Authentication {}

    /** These credentials are of a kind that it doesn't know; the next authenticator may. */
    record NotMine() implements Authentication {}

    /**
     * Missing, malformed, unknown, expired or revoked; callers get one and the same 401.
     *
     * @param reason for listeners and logs; never the credentials
     */
    record Refused(String reason) implements Authentication {}

    /** Whether they are good can't be said now: 503. */
    record Unavailable(Throwable cause) implements Authentication {}
}
