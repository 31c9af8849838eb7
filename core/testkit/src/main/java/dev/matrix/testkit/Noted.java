package dev.matrix.testkit;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import org.jspecify.annotations.Nullable;

/** A host's own event, which says what the test wants it to say. */
record Noted(String id, Owner owner, String text, @Nullable String remark) implements EventPayload {

    static final EventType TYPE = EventType.of("test.noted", Noted.class);

    static Noted of(String id) {
        return new Noted(id, EventRows.ADA, "", null);
    }

    Noted saying(String other) {
        return new Noted(id, owner, other, remark);
    }

    Noted ownedBy(Owner other) {
        return new Noted(id, other, text, remark);
    }

    @Override
    public EventType type() {
        return TYPE;
    }
}
