package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * {@code security.second_factor_changed}: a person's second factor was added, removed or reset.
 *
 * @param deviceId null where no single device changed
 * @param change in lower snake case, such as confirmed
 */
public record SecuritySecondFactorChanged(
        String id, Owner owner, String subjectId, @Nullable String deviceId, String change) implements EventPayload {

    public SecuritySecondFactorChanged {
        Checks.subject(id, owner);
        Checks.text(subjectId, "SecuritySecondFactorChanged.subjectId");
        Checks.word(change, "SecuritySecondFactorChanged.change");
    }

    @Override
    public EventType type() {
        return EventTypes.SECURITY_SECOND_FACTOR_CHANGED;
    }
}
