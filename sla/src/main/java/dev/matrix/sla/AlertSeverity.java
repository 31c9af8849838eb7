package dev.matrix.sla;

/** How urgent an alert is, the more urgent one last. */
public enum AlertSeverity {
    TICKET,
    PAGE
}
