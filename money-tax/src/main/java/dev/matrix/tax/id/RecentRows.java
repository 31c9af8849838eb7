package dev.matrix.tax.id;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.spi.TaxIdRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The rows that this node has read or written within 15 s, or found missing; never an older over a newer one. */
final class RecentRows {

    /**
     * What was seen of an id.
     *
     * @param row null: that it has none
     */
    record Seen(@Nullable TaxIdRow row) {

        private long version() {
            return row == null ? 0 : row.version();
        }
    }

    private static final Duration SEEN_FOR = Duration.ofSeconds(15);
    private static final int MOST = 50_000;

    private final Cache<TaxId, Seen> rows;

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

    /** Null where nothing is remembered. */
    @Nullable
    Seen get(TaxId id) {
        return rows.getIfPresent(id);
    }

    void put(TaxId id, @Nullable TaxIdRow row) {
        rows.asMap()
                .merge(id, new Seen(row), (former, latter) -> former.version() > latter.version() ? former : latter);
    }
}
