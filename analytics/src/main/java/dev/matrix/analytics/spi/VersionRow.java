package dev.matrix.analytics.spi;

import java.time.Instant;

/**
 * A version of a subscription as stored.
 *
 * @param eventId the event that it is from
 * @param customer the customer's number
 * @param recordedAt when the log recorded the event; microseconds
 * @param terms JSON of what the event said
 */
public record VersionRow(String eventId, int customer, Instant recordedAt, String terms) {}
