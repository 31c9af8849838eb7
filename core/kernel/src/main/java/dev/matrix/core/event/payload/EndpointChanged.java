package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code endpoint.created}, {@code .updated}, {@code .deleted}, {@code .enabled}, {@code .disabled}, {@code
 * .failing}, {@code .recovered} and {@code .secret_rotated}, all explicit-only: a webhook endpoint.
 *
 * @param id the endpoint's id
 * @param status active, paused, disabled or deleted
 * @param reason why it is disabled, in lower snake case
 * @param failingSince its first failure after a success
 */
public record EndpointChanged(
        String id,
        Owner owner,
        EventType type,
        URI url,
        String status,
        @Nullable String reason,
        @Nullable Instant failingSince,
        Instant at)
        implements EventPayload {

    public EndpointChanged {
        Checks.subject(id, owner);
        Checks.type(type, EndpointChanged.class);
        Checks.word(status, "EndpointChanged.status");
    }
}
