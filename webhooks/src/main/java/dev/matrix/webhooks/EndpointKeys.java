package dev.matrix.webhooks;

import dev.matrix.webhooks.signing.PublicKey;
import dev.matrix.webhooks.signing.SigningKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint's keys, newest first. A key that was replaced signs beside its successor until its grace ends, so receivers
 * change over without missing a request.
 */
record EndpointKeys(List<Key> newestFirst) {

    /**
     * One of them.
     *
     * @param expiresAt when it stops signing; null until it is replaced
     */
    record Key(String id, SigningKey key, @Nullable Instant expiresAt) {

        private boolean isLive(Instant now) {
            return expiresAt == null || now.isBefore(expiresAt);
        }
    }

    EndpointKeys {
        newestFirst = List.copyOf(newestFirst);
    }

    /** Those that sign now. */
    EndpointKeys live(Instant now) {
        return new EndpointKeys(
                newestFirst.stream().filter(key -> key.isLive(now)).toList());
    }

    List<String> ids() {
        return newestFirst.stream().map(Key::id).toList();
    }

    List<SigningKey> signing() {
        return newestFirst.stream().map(Key::key).toList();
    }

    List<PublicKey> publicKeys() {
        return newestFirst.stream()
                .flatMap(key -> key.key().publicKey().stream().map(whpk -> new PublicKey(key.id(), whpk)))
                .toList();
    }
}
