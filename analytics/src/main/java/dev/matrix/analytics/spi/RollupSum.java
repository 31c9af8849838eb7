package dev.matrix.analytics.spi;

import dev.matrix.analytics.Movement;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Rollups added up over the days on which they were recorded.
 *
 * @param bucket where the bucket begins; null: all before the range that was read
 * @param firstDay the first of the recorded days
 * @param lastDay the last of the recorded days
 */
public record RollupSum(
        @Nullable Instant bucket,
        int segment,
        String currency,
        Movement movement,
        BigInteger parts,
        long customers,
        long payers,
        LocalDate firstDay,
        LocalDate lastDay) {}
