package dev.matrix.sla;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * Where a subscription stands.
 *
 * @param from first minute that these figures are about
 * @param to end, exclusive: nothing was measured from there on
 * @param servedPerSecond the mean over the observed minutes
 */
public record SlaMetrics(
        String subscriptionId,
        String tier,
        int definitionVersion,
        Instant from,
        Instant to,
        ComplianceState state,
        List<ObjectiveMetrics> objectives,
        Coverage coverage,
        RequestCounts requests,
        BigDecimal servedPerSecond) {

    public SlaMetrics {
        objectives = List.copyOf(objectives);
    }
}
