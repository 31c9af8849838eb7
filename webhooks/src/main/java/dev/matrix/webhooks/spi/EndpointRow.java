package dev.matrix.webhooks.spi;

import dev.matrix.core.Owner;
import dev.matrix.webhooks.DisabledReason;
import dev.matrix.webhooks.EndpointStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as stored.
 *
 * @param settings UTF-8 JSON; opaque to stores
 * @param sealedHeaders header values, sealed
 * @param failingSince first failure after the last success; null: none
 * @param failures failed attempts since then
 */
public record EndpointRow(
        String id,
        Owner owner,
        long version,
        EndpointStatus status,
        @Nullable DisabledReason disabledReason,
        byte[] settings,
        byte[] sealedHeaders,
        @Nullable Instant failingSince,
        int failures,
        Instant createdAt) {

    /** This row at its next version. */
    public EndpointRow next() {
        return new EndpointRow(
                id,
                owner,
                version + 1,
                status,
                disabledReason,
                settings,
                sealedHeaders,
                failingSince,
                failures,
                createdAt);
    }
}
