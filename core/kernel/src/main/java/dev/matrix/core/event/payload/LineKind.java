package dev.matrix.core.event.payload;

/** What a line charges for. */
public enum LineKind {
    RECURRING,
    USAGE,
    ONE_TIME,
    PRORATION,
    CREDIT
}
