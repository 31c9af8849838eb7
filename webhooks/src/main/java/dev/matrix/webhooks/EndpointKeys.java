package dev.matrix.webhooks;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint's keys, newest first. A key that was replaced signs beside its successor until its grace ends, so receivers
 * change over without missing a request (W11).
 */
record EndpointKeys(List<Key> newestFirst) {

    private static final int MOST_OLDER = 10;
    private static final Duration LONGEST_GRACE = Duration.ofDays(7);

    /**
     * One of them.
     *
     * @param expiresAt when it stops signing; null until it is replaced
     */
    record Key(String id, SigningKey key, @Nullable Instant expiresAt) {

        private boolean isLive(Instant now) {
            return expiresAt == null || now.isBefore(expiresAt);
        }

        private Key until(Instant end) {
            return new Key(id, key, end);
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
                .filter(key -> key.key() instanceof Ed25519KeyPair)
                .map(key -> new PublicKey(
                        key.id(), ((Ed25519KeyPair) key.key()).publicKey().text()))
                .toList();
    }

    /**
     * The live keys with a new one in front; the one of its kind that it replaces signs on for the grace, 0 to 7 days.
     * ConflictException where ten older ones of that kind would not be enough.
     */
    EndpointKeys rotate(String id, SigningKey next, Duration grace, Instant now) {
        if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
            throw new InvalidRequestException("A replaced key signs on for 0 to 7 days; " + grace + " is not.");
        }
        List<Key> keys = new ArrayList<>();
        keys.add(new Key(id, next, null));
        for (Key key : newestFirst) {
            boolean replaced = key.key().kind() == next.kind() && key.expiresAt() == null;
            Key kept = replaced ? key.until(now.plus(grace)) : key;
            if (kept.isLive(now)) {
                keys.add(kept);
            }
        }
        long older =
                keys.stream().filter(key -> key.key().kind() == next.kind()).count() - 1;
        if (older > MOST_OLDER) {
            throw new ConflictException("The endpoint has " + MOST_OLDER
                    + " older keys that still sign; rotate with a grace of 0, or when one of them has expired.");
        }
        return new EndpointKeys(keys);
    }
}
