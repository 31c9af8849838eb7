package dev.matrix.refunds;

import dev.matrix.core.money.Money;
import java.time.Instant;
import java.time.ZoneId;

/**
 * How a prorated amount was found; stored with the refund.
 *
 * @param total units of the period; seconds, or days
 * @param used units that were used
 * @param unused units that weren't
 * @param base what was paid for the period
 * @param earlier what earlier prorated refunds have returned, or will
 */
public record ProrationExplanation(
        Proration.Unit unit,
        ZoneId zone,
        Instant start,
        Instant end,
        Instant usedUntil,
        long total,
        long used,
        long unused,
        Money base,
        Money earlier) {}
