package dev.matrix.sla;

/** What decides whether a minute was up. */
public enum UptimeSource {
    /** Probes and heartbeats of the bound components. */
    PROBES,
    /** The share of bad requests. */
    REQUESTS,
    /** Either says down: it was down. */
    BOTH
}
