package dev.matrix.core.event;

import java.time.Instant;

/**
 * An event that a subscriber couldn't handle. It stays until it is retried or skipped and blocks no other.
 *
 * @param subscriber who failed
 * @param eventId which event
 * @param attempts how often it was tried
 * @param error the last error's text
 * @param failedAt since when it is FAILED; store time
 */
public record EventFailure(String subscriber, String eventId, int attempts, String error, Instant failedAt) {}
