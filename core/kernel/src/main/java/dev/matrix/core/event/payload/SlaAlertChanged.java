package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code sla.alert_opened}, {@code .alert_changed} and {@code .alert_resolved}: an error budget burns too fast, or
 * does so no longer.
 *
 * @param severity in lower snake case: page or ticket
 * @param burnLong the budget's burn in the rule's long window; 1 spends it exactly in the period
 * @param burnShort and in its short window
 * @param budgetRemaining percent of the budget; negative once overspent
 * @param episodes how often it opened
 */
public record SlaAlertChanged(
        String id,
        Owner owner,
        EventType type,
        String subscriptionId,
        String tier,
        int definitionVersion,
        SlaObjective objective,
        String alertId,
        String severity,
        @Nullable String previousSeverity,
        String rule,
        BigDecimal burnLong,
        BigDecimal burnShort,
        BigDecimal budgetRemaining,
        int episodes,
        Instant openedAt,
        Instant at)
        implements EventPayload {

    public SlaAlertChanged {
        Checks.subject(id, owner);
        Checks.type(type, SlaAlertChanged.class);
        Checks.text(subscriptionId, "SlaAlertChanged.subscriptionId");
        Checks.text(alertId, "SlaAlertChanged.alertId");
        Checks.word(severity, "SlaAlertChanged.severity");
        Checks.atLeast(1, episodes, "SlaAlertChanged.episodes");
    }
}
