package dev.matrix.core.money;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;

/** Which observation of a rate is wanted. */
public sealed interface RatePoint {

    /** The newest. */
    record Latest() implements RatePoint {}

    /**
     * The newest of this day or before it, corrections included.
     *
     * @param day in the source's calendar
     */
    record OnDate(LocalDate day) implements RatePoint {

        public OnDate {
            requireNonNull(day, "day");
        }
    }

    /**
     * What {@link Latest} would have answered at an instant: nothing that was fetched later.
     *
     * @param asKnownAt when the answer would have been given
     */
    record At(Instant asKnownAt) implements RatePoint {

        public At {
            requireNonNull(asKnownAt, "asKnownAt");
        }
    }

    /**
     * One stored snapshot alone; its answer never changes.
     *
     * @param id as in {@link RateLeg#snapshotId()}
     */
    record Snapshot(String id) implements RatePoint {

        public Snapshot {
            requireNonNull(id, "id");
        }
    }
}
