package dev.matrix.sla;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which minutes metrics are about.
 *
 * @param length back from the last measured minute; null: the period to date
 */
public record MetricWindow(@Nullable Duration length) {

    public MetricWindow {
        if (length != null) {
            Requirements.wholeMinutes(length, Duration.ofMinutes(1), Duration.ofDays(90), "window");
        }
    }

    /** The period to date; where the tier or definition changed in it, since then. */
    public static MetricWindow current() {
        return new MetricWindow(null);
    }

    /** The last minutes, up to 90 days; slides with what was measured last. */
    public static MetricWindow last(Duration length) {
        return new MetricWindow(length);
    }
}
