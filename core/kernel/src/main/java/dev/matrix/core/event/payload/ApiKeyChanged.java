package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code api_key.created}, {@code .rotated}, {@code .revoked} and {@code .expired}.
 *
 * @param hint enough to recognise the key, never the key
 */
public record ApiKeyChanged(
        String id,
        Owner owner,
        EventType type,
        String name,
        String hint,
        List<String> scopes,
        @Nullable Instant expiresAt,
        @Nullable String actor,
        @Nullable String reason,
        Instant at)
        implements EventPayload {

    public ApiKeyChanged {
        Checks.subject(id, owner);
        Checks.type(type, ApiKeyChanged.class);
        Checks.text(name, "ApiKeyChanged.name");
        scopes = List.copyOf(scopes);
    }
}
