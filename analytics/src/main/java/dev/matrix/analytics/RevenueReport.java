package dev.matrix.analytics;

import java.util.List;

/**
 * Recurring revenue: its measures as series, and how it went from each bucket's start to its end.
 *
 * @param rollForwards per currency and group, in time order
 */
public record RevenueReport(Header header, List<Series> series, List<RollForward> rollForwards, List<Warning> warnings)
        implements Report {

    public RevenueReport {
        series = List.copyOf(series);
        rollForwards = List.copyOf(rollForwards);
        warnings = List.copyOf(warnings);
    }
}
