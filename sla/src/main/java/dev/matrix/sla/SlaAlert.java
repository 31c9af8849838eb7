package dev.matrix.sla;

import dev.matrix.core.event.payload.SlaObjective;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error budget that burns too fast: one per subscription and objective, however many rules fire.
 *
 * @param severity the highest of its rules that fire or were not clear for long enough
 * @param rule the most urgent rule that fired last
 * @param episodes the most openings among its rules
 * @param meaning what the burn means, in words
 * @param acknowledgedBy who has taken note; null: nobody
 */
public record SlaAlert(
        String id,
        String subscriptionId,
        String tier,
        int definitionVersion,
        SlaObjective objective,
        AlertState state,
        AlertSeverity severity,
        String rule,
        BigDecimal burnLong,
        BigDecimal burnShort,
        BigDecimal budgetRemaining,
        int episodes,
        String meaning,
        List<RuleState> rules,
        Instant openedAt,
        Instant changedAt,
        @Nullable Instant resolvedAt,
        @Nullable String acknowledgedBy,
        @Nullable String note) {

    public SlaAlert {
        rules = List.copyOf(rules);
    }

    /**
     * How a rule fares within an alert.
     *
     * @param clearSince the minute at which it cleared; null while it fires
     * @param openings how often it began to fire
     */
    public record RuleState(
            String name, AlertSeverity severity, @Nullable Instant clearSince, int openings) {

        boolean firing() {
            return clearSince == null;
        }
    }
}
