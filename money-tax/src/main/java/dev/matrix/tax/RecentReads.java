package dev.matrix.tax;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BiFunction;

/**
 * What was read of the store within 15 s, by key. It keeps only what a transaction read whose commit is confirmed: inside a
 * transaction that the host runs a read may see rows that are rolled back later. Thread-safe.
 */
final class RecentReads<K, V> {

    private static final Duration KEPT = Duration.ofSeconds(15);
    private static final long MOST = 10_000;
    private static final int STRIPES = 256;

    private final Transactions transactions;
    private final BiFunction<Tx, K, V> read;
    private final Cache<K, V> kept;
    private final AtomicLongArray forgettings = new AtomicLongArray(STRIPES);

    RecentReads(Transactions transactions, InstantSource clock, BiFunction<Tx, K, V> read) {
        this.transactions = transactions;
        this.read = read;
        this.kept = Caffeine.newBuilder()
                .expireAfterWrite(KEPT)
                .maximumSize(MOST)
                .ticker(() -> nanos(clock.instant()))
                .build();
    }

    private static long nanos(Instant now) {
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** What is kept; else one read. */
    V get(K key) {
        V known = kept.getIfPresent(key);
        if (known != null) {
            return known;
        }
        long before = forgettings.get(stripe(key));
        return transactions.returning(tx -> {
            V found = read.apply(tx, key);
            tx.afterCommit(() -> keep(key, found, before));
            return found;
        });
    }

    /** What was forgotten since the read began may not be in what it found. */
    private void keep(K key, V found, long before) {
        kept.put(key, found);
        if (forgettings.get(stripe(key)) != before) {
            kept.invalidate(key);
        }
    }

    void forget(K key) {
        forgettings.incrementAndGet(stripe(key));
        kept.invalidate(key);
    }

    private static int stripe(Object key) {
        return Math.floorMod(key.hashCode(), STRIPES);
    }
}
