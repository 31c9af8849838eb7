package dev.matrix.sla;

import static dev.matrix.sla.Requirements.range;
import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * Fires while an error budget burns faster than {@code burn} in both windows; 1 spends the budget exactly in the period
 * (Google SRE Workbook, chapter 5).
 *
 * @param name unique in its policy
 * @param burn above which it fires
 * @param longWindow whole minutes, at most 31 days
 * @param shortWindow shorter; makes the rule stop soon after the trouble did
 */
public record BurnRule(
        String name, BigDecimal burn, Duration longWindow, Duration shortWindow, AlertSeverity severity) {

    private static final Duration LONGEST = Duration.ofDays(31);

    public BurnRule {
        Requirements.name(name, "alerts.rules.name");
        Requirements.that(burn.signum() > 0 && burn.scale() <= 9, "alerts.rules.burn", "is more than 0");
        Requirements.wholeMinutes(longWindow, Duration.ofMinutes(2), LONGEST, "alerts.rules.longWindow");
        Requirements.wholeMinutes(shortWindow, Duration.ofMinutes(1), LONGEST, "alerts.rules.shortWindow");
        Requirements.that(
                shortWindow.compareTo(longWindow) < 0, "alerts.rules.shortWindow", "is shorter than the long one");
        requireNonNull(severity, "severity");
    }

    /** A rule with windows in minutes. */
    public static BurnRule of(String name, String burn, int longMinutes, int shortMinutes, AlertSeverity severity) {
        range(longMinutes, 2, 44_640, "alerts.rules.longWindow");
        return new BurnRule(
                name,
                new BigDecimal(burn),
                Duration.ofMinutes(longMinutes),
                Duration.ofMinutes(shortMinutes),
                severity);
    }

    /** Whether it can fire at all on a budget, in percent: a whole outage burns 100 ÷ budget. */
    boolean canFire(BigDecimal budget) {
        return burn.multiply(budget).compareTo(Requirements.HUNDRED) < 0;
    }
}
