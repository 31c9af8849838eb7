package dev.matrix.security.spi;

import dev.matrix.core.Owner;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API key as it is stored, without its text.
 *
 * @param id {@code key_…}
 * @param hash SHA-256 of the key's text in lower-case hex
 * @param hint the text's first 12 and last 4 characters
 * @param scopes what it may do
 * @param createdBy who issued it
 * @param endsAt from when on it is refused; null: never
 * @param lastUsedAt null: never; at most a minute behind
 */
public record ApiKeyRow(
        String id,
        Owner owner,
        String name,
        String hash,
        String hint,
        Set<String> scopes,
        State state,
        Instant createdAt,
        String createdBy,
        @Nullable Instant endsAt,
        @Nullable Instant lastUsedAt) {

    public ApiKeyRow {
        scopes = Set.copyOf(scopes);
    }

    /** Life of a key. */
    public enum State {
        /** Good until its end, if it has one. */
        ACTIVE,
        /** Replaced by another, and good until its end. */
        ROTATING,
        /** Its end has passed. */
        EXPIRED,
        /** Ended by somebody. */
        REVOKED
    }

    /** Whether it is good at that instant. */
    public boolean isLive(Instant now) {
        return (state == State.ACTIVE || state == State.ROTATING) && (endsAt == null || now.isBefore(endsAt));
    }

    /** This row in another state, with another end. */
    public ApiKeyRow moved(State to, @Nullable Instant end) {
        return new ApiKeyRow(id, owner, name, hash, hint, scopes, to, createdAt, createdBy, end, lastUsedAt);
    }
}
