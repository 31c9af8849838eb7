package dev.matrix.money;

import dev.matrix.money.spi.RateClass;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How a source of rates does.
 *
 * @param name such as {@code ecb}
 * @param rateClass how often it publishes
 * @param lastObservedOn the newest day whose rates are in use; null: none yet
 * @param nextAttemptAt when it is asked next; null: at once
 * @param failures how many attempts in a row have failed
 * @param failingSince the first of them; null: the last attempt succeeded, or there was none
 * @param lastError why the last attempt failed; null: it didn't
 */
public record SourceStatus(
        String name,
        RateClass rateClass,
        @Nullable LocalDate lastObservedOn,
        @Nullable Instant nextAttemptAt,
        int failures,
        @Nullable Instant failingSince,
        @Nullable String lastError) {}
