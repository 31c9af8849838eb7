package dev.matrix.security;

import dev.matrix.security.spi.TotpDeviceRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A TOTP device, without its secret.
 *
 * @param account what its authenticator app shows
 * @param lastUsedAt null: never
 */
public record FactorDevice(
        String id,
        String account,
        TotpDeviceRow.State state,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {}
