package dev.matrix.core.event;

/** What a line charges for. */
public enum LineKind {
    RECURRING,
    USAGE,
    ONE_TIME,
    PRORATION,
    CREDIT
}
