package dev.matrix.sla;

/** What the probe or the heartbeats of a component say. */
public enum ComponentState {
    UP,
    DOWN,
    /** Nothing was heard of it for too long, or its probe can say nothing. */
    UNKNOWN
}
