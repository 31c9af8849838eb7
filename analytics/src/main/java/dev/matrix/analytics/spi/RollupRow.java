package dev.matrix.analytics.spi;

import dev.matrix.analytics.Movement;
import dev.matrix.analytics.TimeRange;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A rollup as stored: what movements of one kind changed in one bucket. All but the last three is its key.
 *
 * @param zone the number of the zone that the bucket is of
 * @param bucket where the bucket begins
 * @param recordedDay on which day the log recorded the events behind it
 * @param segment the segment's number
 * @param currency its code
 * @param parts of MRR; below 10^38 either way
 * @param customers how many more there are
 * @param payers how many more of them have MRR above zero
 */
public record RollupRow(
        int zone,
        TimeRange range,
        Instant bucket,
        LocalDate recordedDay,
        int segment,
        String currency,
        Movement movement,
        BigInteger parts,
        long customers,
        long payers) {}
