package dev.matrix.money.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which accepted observation of a series is wanted: the newest within these bounds.
 *
 * @param onOrBefore the last day that counts; null: any
 * @param knownAt what was accepted later doesn't count; null: all does
 */
public record AsOf(
        Series series,
        @Nullable LocalDate onOrBefore,
        @Nullable Instant knownAt) {

    public AsOf {
        requireNonNull(series, "series");
    }
}
