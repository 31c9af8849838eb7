package dev.matrix.webhooks;

/** What was wrong with an attempt. */
public enum AttemptError {
    DNS,
    CONNECT,
    TLS,
    TLS_HOSTNAME,
    ADDRESS_BLOCKED,
    TIMEOUT,
    RESET,
    /** A 3xx: redirects aren't followed. */
    REDIRECT,
    /** Any other status than 2xx. */
    STATUS,
    /** The status came, the body didn't to its end. */
    BODY_READ,
    OTHER
}
