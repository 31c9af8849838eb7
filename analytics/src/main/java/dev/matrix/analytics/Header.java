package dev.matrix.analytics;

import dev.matrix.core.money.Currency;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What a report is about and where its numbers are from.
 *
 * @param id {@code rpt_…}
 * @param currency that all money was converted to; null: each currency stands for itself
 * @param now store time when it was made
 * @param asOf the instant as of which the numbers stand; null: now
 * @param policy what counts as MRR
 * @param answeredBy {@code rollups}, or {@code timelines} where the versions of subscriptions were replayed
 */
public record Header(
        String id,
        Window window,
        TimeRange timeRange,
        ZoneId zone,
        @Nullable Currency currency,
        Instant now,
        @Nullable Instant asOf,
        MrrPolicy policy,
        String answeredBy) {}
