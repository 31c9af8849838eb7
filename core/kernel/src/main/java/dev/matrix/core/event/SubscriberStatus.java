package dev.matrix.core.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a subscriber is.
 *
 * @param name the subscriber
 * @param backlog events that wait or are being handled
 * @param oldest since when the longest waiting one is due; store time; null: none waits
 * @param failed events that ran out of attempts
 */
public record SubscriberStatus(
        String name, long backlog, @Nullable Instant oldest, long failed) {}
