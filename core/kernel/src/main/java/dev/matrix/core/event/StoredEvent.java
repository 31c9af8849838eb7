package dev.matrix.core.event;

import java.time.Instant;

/**
 * A committed event as subscribers get it.
 *
 * @param event the event
 * @param json its payload as stored, UTF-8; not copied, so don't change it
 * @param recordedAt when the log recorded it: store time at the insert, in microseconds, the same at each replay
 */
public record StoredEvent(BillingEvent event, byte[] json, Instant recordedAt) {}
