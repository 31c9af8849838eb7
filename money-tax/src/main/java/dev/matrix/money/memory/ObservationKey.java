package dev.matrix.money.memory;

import dev.matrix.money.RateSnapshot;
import dev.matrix.money.spi.Series;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;

/** What is unique of a snapshot, in the order of age within its series. */
record ObservationKey(Series series, LocalDate day, Instant at, int revision) implements Comparable<ObservationKey> {

    private static final Comparator<ObservationKey> BY_AGE = Comparator.comparing(ObservationKey::series)
            .thenComparing(ObservationKey::day)
            .thenComparing(ObservationKey::at)
            .thenComparing(ObservationKey::revision);

    static ObservationKey of(RateSnapshot snapshot) {
        return new ObservationKey(
                new Series(snapshot.source(), snapshot.base()),
                snapshot.observedOn(),
                snapshot.observedAt(),
                snapshot.revision());
    }

    static ObservationKey before(Series series) {
        return new ObservationKey(series, LocalDate.MIN, Instant.MIN, 0);
    }

    static ObservationKey after(Series series) {
        return new ObservationKey(series, LocalDate.MAX, Instant.MAX, Integer.MAX_VALUE);
    }

    @Override
    public int compareTo(ObservationKey other) {
        return BY_AGE.compare(this, other);
    }
}
