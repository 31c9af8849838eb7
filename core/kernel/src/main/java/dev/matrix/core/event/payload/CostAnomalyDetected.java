package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.time.LocalDate;
import java.util.List;

/**
 * {@code cost.anomaly_detected}: a day's cost lies above what was to be expected.
 *
 * @param series a meter, or total
 * @param impact of all its days so far
 * @param severity low, medium, high or critical
 * @param contributors the greatest first
 */
public record CostAnomalyDetected(
        String id,
        Owner owner,
        String series,
        LocalDate day,
        Money expected,
        Money actual,
        Money impact,
        String severity,
        List<Contributor> contributors)
        implements EventPayload {

    public CostAnomalyDetected {
        Checks.subject(id, owner);
        Checks.text(series, "CostAnomalyDetected.series");
        Checks.sameCurrency(expected, actual, "CostAnomalyDetected.actual");
        Checks.word(severity, "CostAnomalyDetected.severity");
        contributors = List.copyOf(contributors);
    }

    @Override
    public EventType type() {
        return EventTypes.COST_ANOMALY_DETECTED;
    }

    /**
     * A part of the excess.
     *
     * @param kind meter, attribute or resource
     */
    public record Contributor(String kind, String name, Money amount) {

        public Contributor {
            Checks.word(kind, "Contributor.kind");
            Checks.text(name, "Contributor.name");
        }
    }
}
