package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.time.Instant;

/**
 * {@code sla.data_resumed}: a silent source of measurements is back.
 *
 * @param source a node or component
 * @param since from when on it measures again
 */
public record SlaDataResumed(String id, Owner owner, String source, Instant since, int affectedSubscriptions)
        implements EventPayload {

    public SlaDataResumed {
        Checks.subject(id, owner);
        Checks.text(source, "SlaDataResumed.source");
        Checks.atLeast(0, affectedSubscriptions, "SlaDataResumed.affectedSubscriptions");
    }

    @Override
    public EventType type() {
        return EventTypes.SLA_DATA_RESUMED;
    }
}
