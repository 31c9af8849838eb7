package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.security.spi.ApiKeyRow;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API key, without its text.
 *
 * @param id {@code key_…}
 * @param hint the first 12 and last 4 characters of its text
 * @param scopes what it may do
 * @param createdBy who issued it
 * @param expiresAt from when on it is refused; null: never
 * @param lastUsedAt null: never; at most two minutes behind
 */
public record ApiKey(
        String id,
        Owner owner,
        String name,
        String hint,
        Set<String> scopes,
        ApiKeyRow.State state,
        Instant createdAt,
        String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {

    public ApiKey {
        scopes = Set.copyOf(scopes);
    }

    static ApiKey of(ApiKeyRow row, Instant now) {
        boolean over = row.state() != ApiKeyRow.State.REVOKED && !row.isLive(now);
        return new ApiKey(
                row.id(),
                row.owner(),
                row.name(),
                row.hint(),
                row.scopes(),
                over ? ApiKeyRow.State.EXPIRED : row.state(),
                row.createdAt(),
                row.createdBy(),
                row.endsAt(),
                row.lastUsedAt());
    }
}
