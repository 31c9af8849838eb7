package dev.matrix.core.event;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The event types that a Matrix knows: the standard ones and the host's own. Immutable and thread-safe. */
public final class EventCatalog {

    private final Map<String, EventType> types;

    private EventCatalog(Map<String, EventType> types) {
        this.types = types;
    }

    /**
     * A catalogue of these types, in this order. Matrix's own are {@code EventTypes.catalog()}.
     *
     * @throws ConflictException if two have one name
     */
    public static EventCatalog of(List<EventType> types) {
        return new EventCatalog(Map.of()).with(types.toArray(EventType[]::new));
    }

    /**
     * This catalogue with further types behind its own.
     *
     * @throws ConflictException if a name is taken
     */
    public EventCatalog with(EventType... more) {
        Map<String, EventType> all = new LinkedHashMap<>(types);
        for (EventType type : more) {
            if (all.putIfAbsent(type.name(), type) != null) {
                throw new ConflictException(
                        "There is an event type " + type.name() + " already; give yours another name.");
            }
        }
        return new EventCatalog(all);
    }

    public Optional<EventType> find(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /**
     * The type of that name.
     *
     * @throws InvalidRequestException if there is none
     */
    public EventType get(String name) {
        return find(name)
                .orElseThrow(() -> new InvalidRequestException("There is no event type '" + name
                        + "'; a host adds its own by Matrix.builder().eventType(…)."));
    }

    /** All types: the standard ones in their order, then the added ones. */
    public List<EventType> all() {
        return List.copyOf(types.values());
    }

    /** The types that the pattern matches, in the order of {@link #all()}. */
    public List<EventType> matching(EventPattern pattern) {
        return types.values().stream().filter(pattern::matches).toList();
    }

    /**
     * Accepts a pattern that matches something.
     *
     * @throws InvalidRequestException if it matches no type of this catalogue
     */
    public void check(EventPattern pattern) {
        if (types.values().stream().noneMatch(pattern::matches)) {
            throw new InvalidRequestException("The event pattern '" + pattern + "' matches no known event type.");
        }
    }
}
