package dev.matrix.analytics.cost;

/**
 * When a machine counts as quiet.
 *
 * @param cpu a sample whose mean is above it is busy
 * @param cpuCeiling a sample whose max is above it ends the quiet
 * @param networkIn bytes a second; above it a sample is busy
 */
record IdleLimits(double cpu, double cpuCeiling, double gpu, double gpuCeiling, double networkIn, double networkOut) {

    /** How much of the time may be busy. */
    static final double BUSY = 0.03;

    /** The same for the network, which is never quite still. */
    static final double NETWORK_BUSY = 0.05;

    static IdleLimits of(Profile profile) {
        return switch (profile) {
            case CONSERVATIVE -> new IdleLimits(0.01, 0.05, 0.01, 0.05, 500, 250);
            case STANDARD -> new IdleLimits(0.03, 0.15, 0.03, 0.15, 2_000, 1_000);
            case AGGRESSIVE -> new IdleLimits(0.05, 0.30, 0.05, 0.30, 10_000, 5_000);
        };
    }

    double limit(ResourceMetric metric) {
        return switch (metric) {
            case CPU -> cpu;
            case GPU -> gpu;
            case NETWORK_IN -> networkIn;
            case NETWORK_OUT -> networkOut;
            default -> 0;
        };
    }

    double ceiling(ResourceMetric metric) {
        return switch (metric) {
            case CPU -> cpuCeiling;
            case GPU -> gpuCeiling;
            default -> Double.POSITIVE_INFINITY;
        };
    }

    static double busy(ResourceMetric metric) {
        return metric == ResourceMetric.CPU || metric == ResourceMetric.GPU ? BUSY : NETWORK_BUSY;
    }
}
