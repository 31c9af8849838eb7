package dev.matrix.webhooks.spi;

import dev.matrix.webhooks.signing.SigningKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signing key of an endpoint.
 *
 * @param id {@code whk_…}, time-ordered
 * @param kind what the bytes are
 * @param sealed the key, sealed
 * @param expiresAt when it stops signing; null for the newest
 */
public record EndpointKeyRow(
        String id,
        String endpointId,
        SigningKey.Kind kind,
        byte[] sealed,
        @Nullable Instant expiresAt) {}
