package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;

/** {@code security.recovery_codes_low}: few recovery codes are left. */
public record SecurityRecoveryCodesLow(String id, Owner owner, String subjectId, int left) implements EventPayload {

    public SecurityRecoveryCodesLow {
        Checks.subject(id, owner);
        Checks.text(subjectId, "SecurityRecoveryCodesLow.subjectId");
        Checks.atLeast(0, left, "SecurityRecoveryCodesLow.left");
    }

    @Override
    public EventType type() {
        return EventTypes.SECURITY_RECOVERY_CODES_LOW;
    }
}
