package dev.matrix.core.event.spi;

import dev.matrix.core.Owner;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as stored. Times have microseconds.
 *
 * @param type the type's name
 * @param recordedAt store time, as the publishing node knew it
 * @param key idempotency key; null: none
 * @param payload UTF-8 JSON; null once erased
 */
public record EventRow(
        String id,
        String type,
        int version,
        Owner owner,
        String subject,
        Instant occurredAt,
        Instant recordedAt,
        List<Owner> visibleTo,
        @Nullable String key,
        byte @Nullable [] payload) {}
