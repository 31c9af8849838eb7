package dev.matrix.webhooks;

/** Life of an endpoint: ACTIVE ⇄ PAUSED; both → DISABLED → ACTIVE; any may be deleted. */
public enum EndpointStatus {
    /** Events are routed to it and sent. */
    ACTIVE,
    /** Events are routed to it and held. */
    PAUSED,
    /** Nothing is routed to it; what was open was cancelled. */
    DISABLED;

    boolean canBecome(EndpointStatus next) {
        return this == next || this != DISABLED || next == ACTIVE;
    }

    boolean isRouted() {
        return this != DISABLED;
    }
}
