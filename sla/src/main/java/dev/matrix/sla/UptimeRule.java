package dev.matrix.sla;

import static dev.matrix.sla.Requirements.range;
import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * When a minute is down.
 *
 * @param source what is asked; BOTH by default
 * @param downAboveErrorPercent by requests a minute is down above this share of bad ones; 10 by default
 * @param minRequests and only with at least so many valid ones; 20 by default
 * @param minConsecutiveMinutes shorter runs of down minutes are up; 1 by default, at most 1,440
 * @param rounding how much of a minute a probed component must be down; MAJORITY by default
 * @param idle what a minute is that was observed and had nothing to judge; IDLE_EXCLUDED by default
 */
public record UptimeRule(
        UptimeSource source,
        BigDecimal downAboveErrorPercent,
        int minRequests,
        int minConsecutiveMinutes,
        MinuteRounding rounding,
        IdlePolicy idle) {

    public UptimeRule {
        requireNonNull(source, "source");
        requireNonNull(rounding, "rounding");
        requireNonNull(idle, "idle");
        Requirements.percent(downAboveErrorPercent, "uptime.downAboveErrorPercent");
        range(minRequests, 1, 1_000_000_000, "uptime.minRequests");
        range(minConsecutiveMinutes, 1, 1_440, "uptime.minConsecutiveMinutes");
    }

    /** The defaults named above. */
    public static UptimeRule standard() {
        return new UptimeRule(
                UptimeSource.BOTH, BigDecimal.TEN, 20, 1, MinuteRounding.MAJORITY, IdlePolicy.IDLE_EXCLUDED);
    }

    /** This rule with another source. */
    public UptimeRule from(UptimeSource other) {
        return new UptimeRule(other, downAboveErrorPercent, minRequests, minConsecutiveMinutes, rounding, idle);
    }

    /** This rule with another way of rounding. */
    public UptimeRule rounded(MinuteRounding other) {
        return new UptimeRule(source, downAboveErrorPercent, minRequests, minConsecutiveMinutes, other, idle);
    }

    /** This rule with another policy for idle minutes. */
    public UptimeRule whenIdle(IdlePolicy other) {
        return new UptimeRule(source, downAboveErrorPercent, minRequests, minConsecutiveMinutes, rounding, other);
    }

    /** This rule with another least length of an outage, in minutes. */
    public UptimeRule atLeastMinutes(int minutes) {
        return new UptimeRule(source, downAboveErrorPercent, minRequests, minutes, rounding, idle);
    }
}
