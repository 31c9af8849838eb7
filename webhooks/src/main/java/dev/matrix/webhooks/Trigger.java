package dev.matrix.webhooks;

/** What made a delivery. */
public enum Trigger {
    EVENT,
    MANUAL,
    RECOVERY,
    TEST
}
