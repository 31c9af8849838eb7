package dev.matrix.sla;

import dev.matrix.core.event.payload.SlaObjective;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The rules of one minute. Pure. */
final class MinuteJudge {

    private static final UptimeRule STANDARD = UptimeRule.standard();

    private MinuteJudge() {}

    static UptimeRule rule(SlaDefinition definition) {
        return definition
                .objective(SlaObjective.UPTIME)
                .map(objective -> ((Objective.Uptime) objective).rule())
                .orElse(STANDARD);
    }

    /** A minute under contract, before runs of down minutes are looked at. */
    static MinuteClass uptime(
            UptimeRule rule,
            @Nullable MinuteCounts counts,
            ComponentState component,
            @Nullable ExclusionMode excluded) {
        if (excluded != null) {
            return excluded == ExclusionMode.EXCLUDE ? MinuteClass.EXCLUDED : MinuteClass.UP;
        }
        boolean probes = rule.source() != UptimeSource.REQUESTS;
        boolean requests = rule.source() != UptimeSource.PROBES;
        if (probes && component == ComponentState.DOWN) {
            return MinuteClass.DOWN;
        }
        @Nullable MinuteCounts told = requests && counts != null && counts.knows(MinuteCounts.BAD) ? counts : null;
        boolean judged = told != null && told.valid() >= rule.minRequests();
        if (told != null && judged && isDown(rule, told)) {
            return MinuteClass.DOWN;
        }
        if (judged || (probes && component == ComponentState.UP)) {
            return MinuteClass.UP;
        }
        return told != null ? idle(rule.idle()) : MinuteClass.GAP;
    }

    private static boolean isDown(UptimeRule rule, MinuteCounts counts) {
        BigDecimal bad = BigDecimal.valueOf(counts.bad()).multiply(Requirements.HUNDRED);
        return bad.compareTo(rule.downAboveErrorPercent().multiply(BigDecimal.valueOf(counts.valid()))) > 0;
    }

    private static MinuteClass idle(IdlePolicy policy) {
        return switch (policy) {
            case IDLE_EXCLUDED -> MinuteClass.IDLE;
            case IDLE_IS_UP -> MinuteClass.UP;
            case IDLE_IS_BAD -> MinuteClass.DOWN;
        };
    }

    /** Whether there was demand that counts for throughput. */
    static boolean hasDemand(MinuteCounts counts) {
        return counts.served() + counts.rejected() > 0;
    }

    /** Whether the service turned requests away although it served less than promised. */
    static boolean isShort(MinuteCounts counts, long requestsPerSecond) {
        return counts.rejected() > 0 && counts.served() < HourCounts.MINUTES * requestsPerSecond;
    }
}
