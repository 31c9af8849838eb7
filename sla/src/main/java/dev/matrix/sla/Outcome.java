package dev.matrix.sla;

/** How one request ended, from the customer's side. */
public enum Outcome {
    /** Served as asked. */
    GOOD,
    /** Failed by the service. */
    BAD,
    /** Turned away by the service although the customer was within its entitlement. */
    REJECTED,
    /** Turned away because the customer was above its entitlement. */
    THROTTLED,
    /** The request itself was wrong. */
    CLIENT_ERROR,
    /** The caller hung up. */
    CANCELLED;

    /**
     * The outcome of an HTTP status: below 400 GOOD, 429 THROTTLED, 499 CANCELLED, other 4xx CLIENT_ERROR, 503 REJECTED, all else,
     * also what is no status at all, BAD.
     */
    public static Outcome ofHttpStatus(int status) {
        if (status < 100 || status > 599) {
            return BAD;
        }
        return switch (status) {
            case 429 -> THROTTLED;
            case 499 -> CANCELLED;
            case 503 -> REJECTED;
            default -> status < 400 ? GOOD : status < 500 ? CLIENT_ERROR : BAD;
        };
    }
}
