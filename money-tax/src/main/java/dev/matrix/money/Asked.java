package dev.matrix.money;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * For when a rate is asked: what ages are measured by.
 *
 * @param day the day, by UTC
 * @param instant the instant; null for a day that is over, where whole days count
 */
record Asked(LocalDate day, @Nullable Instant instant) {

    Asked {
        requireNonNull(day, "day");
    }
}
