package dev.matrix.webhooks;

import dev.matrix.webhooks.signing.SigningKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rotation led to. Its text form shows no secret.
 *
 * @param secret the new shared secret: shown this once, hand it to the receiver; null where a key pair was rotated, whose
 *     public half {@link Webhooks#publicKeys} has
 * @param keys all that sign now, newest first
 */
public record Rotation(@Nullable String secret, List<Key> keys) {

    /**
     * One of them.
     *
     * @param id {@code whk_…}
     * @param expiresAt when it stops signing; null for the newest of its kind
     */
    public record Key(
            String id, SigningKey.Kind kind, @Nullable Instant expiresAt) {}

    public Rotation {
        keys = List.copyOf(keys);
    }

    @Override
    public String toString() {
        return "Rotation[" + keys + "]";
    }
}
