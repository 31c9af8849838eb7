package dev.matrix.webhooks;

/** What made a delivery, or began it again. */
public enum Trigger {
    /** An event that matched its endpoint. */
    EVENT,
    /** {@link Webhooks#retry} of a finished one. */
    MANUAL,
    /** {@link Webhooks#recover}. */
    RECOVERY,
    /** {@link Webhooks#sendTest}. */
    TEST
}
