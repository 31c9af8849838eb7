package dev.matrix.sla.spi;

/** What a check found. */
public enum ProbeStatus {
    UP,
    DOWN,
    /** Nothing can be told, for instance as this side has no connection. It counts as no result. */
    UNKNOWN
}
