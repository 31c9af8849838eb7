package dev.matrix.spring;

import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;

/** An application's own fact. */
record Noted(String id, Owner owner, String note) implements EventPayload {

    static final EventType TYPE = EventType.of("acme.noted", Noted.class);

    @Override
    public EventType type() {
        return TYPE;
    }

    static EventDraft draft(String id, String note) {
        return BillingEvent.of(new Noted(id, Owner.user("u_1"), note))
                .withId("evt_" + id)
                .withKey(id);
    }
}
