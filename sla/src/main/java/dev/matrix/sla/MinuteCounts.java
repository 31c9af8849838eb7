package dev.matrix.sla;

/**
 * What was counted of one subscription in one minute, over all sources that reported it. Immutable.
 *
 * @param valid good, bad and rejected requests
 * @param bad of the valid ones
 * @param slow good ones over the latency threshold
 * @param rejected by the service, within the entitlement; a part of bad
 * @param unknown what a source that counted requests didn't tell: a set of {@link #BAD}, {@link #SLOW}, {@link #REJECTED}
 */
record MinuteCounts(
        long valid,
        long bad,
        long slow,
        long rejected,
        long throttled,
        long clientErrors,
        long cancelled,
        int unknown) {

    static final int BAD = 1;
    static final int SLOW = 2;
    static final int REJECTED = 4;

    /** A minute that was observed and in which nothing happened. */
    static final MinuteCounts IDLE = new MinuteCounts(0, 0, 0, 0, 0, 0, 0, 0);

    boolean isIdle() {
        return equals(IDLE);
    }

    boolean knows(int what) {
        return (unknown & what) == 0;
    }

    long good() {
        return valid - bad;
    }

    long served() {
        return valid - rejected + clientErrors;
    }

    MinuteCounts plus(MinuteCounts other) {
        if (isIdle()) {
            return other;
        }
        return other.isIdle()
                ? this
                : new MinuteCounts(
                        valid + other.valid,
                        bad + other.bad,
                        slow + other.slow,
                        rejected + other.rejected,
                        throttled + other.throttled,
                        clientErrors + other.clientErrors,
                        cancelled + other.cancelled,
                        unknown | other.unknown);
    }
}
