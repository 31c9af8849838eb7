package dev.matrix.webhooks;

/** What order an endpoint's deliveries keep. */
public enum Ordering {
    /** None: fastest, one slow subject holds no other up. */
    UNORDERED,
    /** One delivery of a subject in flight at a time, in event-id order among those committed when it falls free. */
    PER_SUBJECT
}
