package dev.matrix.core.event;

/**
 * A committed event as subscribers get it.
 *
 * @param event the event
 * @param json its payload as stored, UTF-8; not copied, so don't change it
 */
public record StoredEvent(BillingEvent event, byte[] json) {}
