package dev.matrix.analytics;

import dev.matrix.analytics.chart.ChartSpec;
import java.time.Instant;

/**
 * A chart that was kept.
 *
 * @param id {@code cht_…}
 * @param expiresAt when it may be deleted
 */
public record SavedChart(String id, ChartSpec spec, Instant expiresAt) {}
