package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.time.Instant;

/**
 * {@code sla.definition_changed}: a tier's promises have a new version.
 *
 * @param by who changed it
 */
public record SlaDefinitionChanged(String id, Owner owner, String tier, int version, Instant effectiveFrom, String by)
        implements EventPayload {

    public SlaDefinitionChanged {
        Checks.subject(id, owner);
        Checks.text(tier, "SlaDefinitionChanged.tier");
        Checks.atLeast(1, version, "SlaDefinitionChanged.version");
    }

    @Override
    public EventType type() {
        return EventTypes.SLA_DEFINITION_CHANGED;
    }
}
