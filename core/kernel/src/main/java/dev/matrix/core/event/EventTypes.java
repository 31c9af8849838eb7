package dev.matrix.core.event;

import java.util.List;

/** The standard event types. */
public final class EventTypes {
    private EventTypes() {}

    public static List<EventType> all() {
        return List.of();
    }
}
