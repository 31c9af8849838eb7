package dev.matrix.analytics.cost;

/** What is measured of a machine. */
public enum ResourceMetric {
    /** A fraction of the whole, 0 to 1. */
    CPU,
    /** A fraction of the whole, 0 to 1. */
    MEMORY,
    /** A fraction of the whole, 0 to 1. */
    GPU,
    /** A fraction of the whole, 0 to 1. */
    GPU_MEMORY,
    /** Bytes a second. */
    NETWORK_IN,
    /** Bytes a second. */
    NETWORK_OUT,
    /** Bytes a second, read and written. */
    DISK_IO,
    /** Requests a second. */
    REQUESTS;

    boolean isFraction() {
        return switch (this) {
            case CPU, MEMORY, GPU, GPU_MEMORY -> true;
            case NETWORK_IN, NETWORK_OUT, DISK_IO, REQUESTS -> false;
        };
    }
}
