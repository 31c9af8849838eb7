package dev.matrix.analytics.spi;

import dev.matrix.analytics.TimeRange;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Which rollups are read.
 *
 * @param zone the zone's number
 * @param from the first bucket's start; what lies before is added up to one
 * @param to buckets that begin here or later are left out
 * @param recordedUntil rollups of later recorded days are left out
 */
public record RollupRange(int zone, TimeRange range, Instant from, Instant to, LocalDate recordedUntil) {}
