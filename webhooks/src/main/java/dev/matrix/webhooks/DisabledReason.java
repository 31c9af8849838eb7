package dev.matrix.webhooks;

/** Why an endpoint is DISABLED. */
public enum DisabledReason {
    /** Somebody did it. */
    MANUAL,
    /** It answered 410. */
    GONE,
    /** It failed for too long. */
    FAILING,
    /** It asked for it by the header {@code webhook-delivery: disable}. */
    RECEIVER_REQUEST
}
