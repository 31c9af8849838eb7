package dev.matrix.sla;

/** Requests by outcome. */
public record RequestCounts(long good, long bad, long rejected, long throttled, long clientErrors, long cancelled) {

    static RequestCounts of(Sums sums) {
        return new RequestCounts(
                sums.valid - sums.bad,
                Math.max(0, sums.bad - sums.rejected),
                sums.rejected,
                sums.throttled,
                sums.clientErrors,
                sums.cancelled);
    }
}
