package dev.matrix.sla;

import java.math.BigDecimal;
import java.time.Duration;

/** What an error budget counts. Slices last 1 or 5 minutes. */
public sealed interface Budgeting {

    /** Requests. */
    record Occurrences() implements Budgeting {}

    /** Slices whose share of bad requests is at most {@code sliceMaxPercent}. */
    record Timeslices(Duration slice, BigDecimal sliceMaxPercent) implements Budgeting {

        public Timeslices {
            Budgeting.require(slice);
            Requirements.percent(sliceMaxPercent, "budgeting.sliceMaxPercent");
        }
    }

    /** The mean of the slices' shares of good requests, each slice weighing the same. */
    record RatioTimeslices(Duration slice) implements Budgeting {

        public RatioTimeslices {
            Budgeting.require(slice);
        }
    }

    private static void require(Duration slice) {
        Requirements.that(
                slice.equals(Duration.ofMinutes(1)) || slice.equals(Duration.ofMinutes(5)),
                "budgeting.slice",
                "lasts 1 or 5 minutes");
    }
}
