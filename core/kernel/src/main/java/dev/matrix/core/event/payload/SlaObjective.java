package dev.matrix.core.event.payload;

/** What a service level is promised on. */
public enum SlaObjective {
    UPTIME,
    LATENCY,
    THROUGHPUT,
    ERROR_RATE
}
