package dev.matrix.core.event;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.wire.FromEnvelope;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A kind of event: its name, the version of its payload and the record that carries it. Immutable; two types are equal
 * when their names are. Names are {@code [a-z0-9_]+(\.[a-z0-9_]+)+}, at most 128 characters.
 */
@FromEnvelope
public final class EventType {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]+(\\.[a-z0-9_]+)+");
    private static final int LONGEST_NAME = 128;

    private final String name;
    private final int version;
    private final Class<? extends EventPayload> payload;
    private final boolean explicitOnly;
    private final boolean statedByOwners;
    private final @Nullable Supplier<? extends EventPayload> example;

    private EventType(
            String name,
            int version,
            Class<? extends EventPayload> payload,
            boolean explicitOnly,
            boolean statedByOwners,
            @Nullable Supplier<? extends EventPayload> example) {
        this.name = name;
        this.version = version;
        this.payload = payload;
        this.explicitOnly = explicitOnly;
        this.statedByOwners = statedByOwners;
        this.example = example;
    }

    /**
     * A type of version 1 that {@code *} matches, without an example.
     *
     * @param payload the record class whose JSON is the event's data
     * @throws InvalidRequestException if the name is malformed
     */
    public static EventType of(String name, Class<? extends EventPayload> payload) {
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw new InvalidRequestException("An event type's name matches " + NAME + " and has at most "
                    + LONGEST_NAME + " characters; '" + name + "' doesn't.");
        }
        return new EventType(name, 1, requireNonNull(payload, "payload"), false, false, null);
    }

    /** This type with a payload of another version, from 1. Raise it for a change that receivers can't ignore. */
    public EventType version(int newVersion) {
        if (newVersion < 1) {
            throw new InvalidRequestException("Versions of " + name + " start at 1; " + newVersion + " is below.");
        }
        return new EventType(name, newVersion, payload, explicitOnly, statedByOwners, example);
    }

    /** This type, matched by its exact name or family only, never by {@code *}: for events of high volume. */
    public EventType explicitOnly() {
        return new EventType(name, version, payload, true, statedByOwners, example);
    }

    /**
     * This type, which owners may publish about themselves through the API, such as their usage. Without it only operators
     * may: a fact that money follows from is the platform's to state.
     */
    public EventType statedByOwners() {
        return new EventType(name, version, payload, explicitOnly, true, example);
    }

    /** This type with an example of its payload, for documentation and test deliveries; asked for when needed. */
    public EventType example(Supplier<? extends EventPayload> newExample) {
        return new EventType(
                name, version, payload, explicitOnly, statedByOwners, requireNonNull(newExample, "example"));
    }

    public String name() {
        return name;
    }

    public int version() {
        return version;
    }

    public Class<? extends EventPayload> payload() {
        return payload;
    }

    public boolean isExplicitOnly() {
        return explicitOnly;
    }

    public boolean isStatedByOwners() {
        return statedByOwners;
    }

    /** A realistic payload; empty if the type came without one. */
    public Optional<EventPayload> example() {
        return Optional.ofNullable(example).map(Supplier::get);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventType that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
