package dev.matrix.sla;

import static dev.matrix.sla.Requirements.range;
import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What maintenance takes minutes out of the reckoning.
 *
 * @param minNotice announced later, it isn't honoured; 24 h by default
 * @param maxPerPeriod only the earliest minutes up to this are honoured; 4 h by default
 * @param mode of exclusions that name none; EXCLUDE by default
 */
public record MaintenancePolicy(Duration minNotice, Duration maxPerPeriod, ExclusionMode mode) {

    public MaintenancePolicy {
        range(minNotice, Duration.ZERO, Duration.ofDays(400), "maintenance.minNotice");
        Requirements.wholeMinutes(maxPerPeriod, Duration.ZERO, Duration.ofDays(400), "maintenance.maxPerPeriod");
        requireNonNull(mode, "mode");
    }

    /** The defaults named above. */
    public static MaintenancePolicy standard() {
        return new MaintenancePolicy(Duration.ofHours(24), Duration.ofHours(4), ExclusionMode.EXCLUDE);
    }
}
