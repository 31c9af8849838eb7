package dev.matrix.security;

/** Whether a key is good. */
public sealed interface KeyCheck {

    /** It is good, and has the scopes. */
    record Authenticated(ApiKey key) implements KeyCheck {}

    /**
     * It isn't. Tell callers nothing else.
     *
     * @param why for logs: {@code malformed}, {@code unknown}, {@code over} or {@code scope}
     */
    record Refused(String why) implements KeyCheck {}
}
