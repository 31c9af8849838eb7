package dev.matrix.core.event;

import dev.matrix.core.Owner;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A billing fact in the log. Immutable.
 *
 * @param id {@code evt_…} and time-ordered, or the host's own
 * @param type what kind of fact
 * @param version of the payload's record; within one, records grow by nullable components alone
 * @param owner whom it concerns
 * @param subject the id of the thing that it is about: the payload's id
 * @param occurredAt when it happened, as the publisher says
 * @param visibleTo further owners whose webhooks may see it
 * @param key the publisher's idempotency key; null: none
 * @param payload the fact itself
 */
public record BillingEvent(
        String id,
        EventType type,
        int version,
        Owner owner,
        String subject,
        Instant occurredAt,
        List<Owner> visibleTo,
        @Nullable String key,
        EventPayload payload) {

    public BillingEvent {
        visibleTo = List.copyOf(visibleTo);
    }

    /** A draft of an event of this payload, to publish; type, version, owner and subject follow from the payload. */
    public static EventDraft of(EventPayload payload) {
        return new EventDraft(payload, null, null, List.of(), null);
    }
}
