package dev.matrix.tax.id;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.spi.TaxIdRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The rows that this node has read or written within 15 s, or found missing; never an older over a newer one. */
final class RecentRows {

    private static final Duration SEEN_FOR = Duration.ofSeconds(15);
    private static final int MOST = 50_000;

    private final Cache<TaxId, Optional<TaxIdRow>> rows;

    RecentRows(InstantSource clock) {
        this.rows = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(SEEN_FOR)
                .ticker(() -> nanos(clock.instant()))
                .executor(Runnable::run)
                .build();
    }

    private static long nanos(Instant instant) {
        return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
    }

    /** What is remembered: empty for an id without a row; null where nothing is. */
    @Nullable
    Optional<TaxIdRow> get(TaxId id) {
        return rows.getIfPresent(id);
    }

    void put(TaxId id, Optional<TaxIdRow> row) {
        rows.asMap().merge(id, row, (former, latter) -> version(former) > version(latter) ? former : latter);
    }

    private static long version(Optional<TaxIdRow> row) {
        return row.map(TaxIdRow::version).orElse(0L);
    }
}
