package dev.matrix.webhooks;

/**
 * How many requests to an endpoint may be in flight: grows by one where a whole window succeeded, halves where the
 * receiver shows congestion, as TCP does.
 *
 * @param size what is allowed now, 1 to {@code most}
 * @param successes since the size last changed
 * @param most the endpoint's {@code maxInFlight}
 */
record InFlightWindow(int size, int successes, int most) {

    private static final int FIRST = 8;

    /** The window that a lease begins with. */
    static InFlightWindow first(int most) {
        return new InFlightWindow(Math.min(FIRST, most), 0, most);
    }

    /** This window under another {@code maxInFlight}. */
    InFlightWindow within(int changed) {
        return new InFlightWindow(Math.min(size, changed), successes, changed);
    }

    /** The window after one more request. */
    InFlightWindow after(Verdict verdict) {
        if (verdict.isCongestion()) {
            return new InFlightWindow(Math.max(1, size / 2), 0, most);
        }
        if (!verdict.isSuccess()) {
            return this;
        }
        return successes + 1 < size
                ? new InFlightWindow(size, successes + 1, most)
                : new InFlightWindow(Math.min(size + 1, most), 0, most);
    }
}
