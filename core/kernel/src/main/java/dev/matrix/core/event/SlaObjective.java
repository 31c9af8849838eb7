package dev.matrix.core.event;

/** What a service level is promised on. */
public enum SlaObjective {
    UPTIME,
    LATENCY,
    THROUGHPUT,
    ERROR_RATE
}
