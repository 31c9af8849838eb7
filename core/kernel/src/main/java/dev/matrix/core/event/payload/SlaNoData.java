package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.time.Instant;

/**
 * {@code sla.no_data}: a source of measurements went silent.
 *
 * @param source a node or component
 * @param since its last sign of life
 */
public record SlaNoData(String id, Owner owner, String source, Instant since, int affectedSubscriptions)
        implements EventPayload {

    public SlaNoData {
        Checks.subject(id, owner);
        Checks.text(source, "SlaNoData.source");
        Checks.atLeast(0, affectedSubscriptions, "SlaNoData.affectedSubscriptions");
    }

    @Override
    public EventType type() {
        return EventTypes.SLA_NO_DATA;
    }
}
