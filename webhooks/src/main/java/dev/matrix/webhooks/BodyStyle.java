package dev.matrix.webhooks;

/** What a request's {@code data} holds. */
public enum BodyStyle {
    /** The event's payload. */
    FULL,
    /** {@code {"id": subject}} alone: the receiver fetches the rest. */
    THIN
}
