package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code sla.component_changed}: a probed component went up or down.
 *
 * @param from up, down or unknown
 * @param to up, down or unknown
 */
public record SlaComponentChanged(
        String id,
        Owner owner,
        String componentId,
        String from,
        String to,
        Instant since,
        @Nullable String detail) implements EventPayload {

    public SlaComponentChanged {
        Checks.subject(id, owner);
        Checks.text(componentId, "SlaComponentChanged.componentId");
        Checks.word(from, "SlaComponentChanged.from");
        Checks.word(to, "SlaComponentChanged.to");
    }

    @Override
    public EventType type() {
        return EventTypes.SLA_COMPONENT_CHANGED;
    }
}
