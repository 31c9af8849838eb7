package dev.matrix.sla;

/** The life of an alert; RESOLVED is final. */
public enum AlertState {
    OPEN,
    RESOLVED
}
