package dev.matrix.sla;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@link SlaRecorder} of a subscription: remembers its series until bindings come or go. */
final class Counter implements SlaRecorder {

    private final Counting counting;
    private final String subscription;
    private volatile Resolved resolved;

    /** The series as of a generation; null: the subscription has none. */
    private record Resolved(int generation, @Nullable Series series) {}

    Counter(Counting counting, String subscription) {
        this.counting = counting;
        this.subscription = subscription;
        this.resolved = new Resolved(counting.generation(), counting.series(subscription));
    }

    private @Nullable Series series() {
        Resolved known = resolved;
        int generation = counting.generation();
        if (known.generation() != generation) {
            known = new Resolved(generation, counting.series(subscription));
            resolved = known;
        }
        return known.series();
    }

    @Override
    public void record(long durationNanos, Outcome outcome) {
        Series series = series();
        if (durationNanos < 0) {
            counting.drop();
        } else if (series == null) {
            counting.overflow();
        } else {
            counting.count(series, durationNanos, outcome);
        }
    }

    @Override
    public void record(Instant at, long durationNanos, Outcome outcome) {
        Series series = series();
        if (durationNanos < 0) {
            counting.drop();
        } else if (series == null) {
            counting.overflow();
        } else {
            counting.countAt(series, at, durationNanos, outcome);
        }
    }
}
