package dev.matrix.core.event;

import dev.matrix.core.Owner;

/**
 * What an event says: an immutable record of the codec's vocabulary ({@code dev.matrix.core.json}). Hosts add their own
 * by {@link EventType#of}. A component of class {@link EventType} is the envelope's type and isn't part of the JSON.
 */
public interface EventPayload {

    /** Which kind of event this is; its {@link EventType#payload()} is this record's class. */
    EventType type();

    /** The event's subject, such as the invoice's id. Events of one subject can be delivered in order. */
    String id();

    /** Whom the event concerns; {@link Owner#platform()} where it concerns no customer. */
    Owner owner();
}
