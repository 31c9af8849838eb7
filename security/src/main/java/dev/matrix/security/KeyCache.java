package dev.matrix.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.matrix.security.spi.ApiKeyRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Good keys, by the hash of their text, each for 2 s from the start of its read: that long a revocation can take to count.
 * A text that is no key is never kept, so that strangers fill nothing, and a key that was just issued is good at once.
 */
final class KeyCache {

    private static final int MOST = 100_000;
    private static final Duration KEPT = Duration.ofSeconds(2);

    private record Read(ApiKeyRow row, Instant begun) {

        boolean isFresh(Instant now) {
            return !now.isBefore(begun) && now.isBefore(begun.plus(KEPT));
        }
    }

    private final SecurityStores stores;
    private final InstantSource clock;
    private final KeyText form;
    private final Cache<String, Read> known =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final Map<String, Instant> used = new ConcurrentHashMap<>();

    KeyCache(SecurityStores stores, InstantSource clock, KeyText form) {
        this.stores = stores;
        this.clock = clock;
        this.form = form;
    }

    boolean claims(CharSequence presented) {
        return form.claims(presented);
    }

    KeyCheck check(CharSequence presented, Set<String> neededScopes) {
        if (!form.isWellFormed(presented)) {
            return new KeyCheck.Refused("malformed");
        }
        Instant now = clock.instant();
        ApiKeyRow row = find(KeyText.hash(presented), now);
        if (row == null) {
            return new KeyCheck.Refused("unknown");
        }
        if (!row.isLive(now)) {
            return new KeyCheck.Refused("over");
        }
        used.put(row.id(), now);
        return row.scopes().containsAll(neededScopes)
                ? new KeyCheck.Authenticated(ApiKey.of(row, now))
                : new KeyCheck.Refused("scope");
    }

    private @Nullable ApiKeyRow find(String hash, Instant now) {
        Read read = known.getIfPresent(hash);
        if (read != null && read.isFresh(now)) {
            return read.row();
        }
        ApiKeyRow row = stores.transactions()
                .returning(tx -> stores.keys().findByHash(tx, hash))
                .orElse(null);
        if (row == null || !row.isLive(now)) {
            known.invalidate(hash);
        } else {
            known.put(hash, new Read(row, now));
        }
        return row;
    }

    /** Takes when each key was last used since this was last called. */
    Map<String, Instant> takeUsed() {
        Map<String, Instant> taken = new HashMap<>();
        used.keySet().forEach(id -> {
            Instant at = used.remove(id);
            if (at != null) {
                taken.put(id, at);
            }
        });
        return taken;
    }
}
