package dev.matrix.tax;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;

/** When tax falls due: the day whose rules hold. */
public sealed interface TaxPoint {

    static TaxPoint on(LocalDate day) {
        return new Day(day);
    }

    static TaxPoint at(Instant instant) {
        return new Moment(instant);
    }

    /** A day, wherever the place of supply is. */
    record Day(LocalDate day) implements TaxPoint {

        public Day {
            requireNonNull(day, "day");
        }
    }

    /** An instant, read in the zone of the place of supply: per country, per state in US, CA and AU. */
    record Moment(Instant instant) implements TaxPoint {

        public Moment {
            requireNonNull(instant, "instant");
        }
    }
}
