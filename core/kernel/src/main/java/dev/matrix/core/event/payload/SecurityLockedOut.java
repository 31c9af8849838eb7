package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code security.locked_out}: too many wrong codes.
 *
 * @param hard whether only a person can unlock
 * @param until null when hard
 */
public record SecurityLockedOut(
        String id,
        Owner owner,
        String subjectId,
        boolean hard,
        @Nullable Instant until) implements EventPayload {

    public SecurityLockedOut {
        Checks.subject(id, owner);
        Checks.text(subjectId, "SecurityLockedOut.subjectId");
    }

    @Override
    public EventType type() {
        return EventTypes.SECURITY_LOCKED_OUT;
    }
}
