package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;

/**
 * {@code security.subject_erased}: a person's data was made unreadable for good.
 *
 * @param pseudonym what stands for the person in the audit log
 */
public record SecuritySubjectErased(String id, Owner owner, String pseudonym) implements EventPayload {

    public SecuritySubjectErased {
        Checks.subject(id, owner);
        Checks.text(pseudonym, "SecuritySubjectErased.pseudonym");
    }

    @Override
    public EventType type() {
        return EventTypes.SECURITY_SUBJECT_ERASED;
    }
}
