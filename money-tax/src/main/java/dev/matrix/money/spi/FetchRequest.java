package dev.matrix.money.spi;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a source is asked.
 *
 * @param now store time
 * @param newestObservedOn the newest day of this source whose rates are in use; null: none, so the whole history is welcome
 * @param note what the last {@link RateFetch.Fetched#note()} said; null: none, or the same rates are wanted again
 */
public record FetchRequest(
        Instant now,
        @Nullable LocalDate newestObservedOn,
        @Nullable String note) {}
