package dev.matrix.core.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.IdempotencyStore;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** {@link IdempotencyStore} in memory. Nobody waits here, as one transaction runs at a time. */
final class MemoryIdempotencyStore implements IdempotencyStore {

    private record Key(Owner account, String operation, String key) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::account).thenComparing(Key::operation).thenComparing(Key::key);

        static Key of(IdempotencyRow row) {
            return new Key(row.account(), row.operation(), row.key());
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** By expiry first, so that purging looks at nothing else. */
    private record Expiry(Instant at, Key key) implements Comparable<Expiry> {

        private static final Comparator<Expiry> ORDER =
                Comparator.comparing(Expiry::at).thenComparing(Expiry::key);

        @Override
        public int compareTo(Expiry other) {
            return ORDER.compare(this, other);
        }
    }

    private final MemoryTable<Key, IdempotencyRow> rows = new MemoryTable<>();
    private final MemoryTable<Expiry, Key> expiries = new MemoryTable<>();

    @Override
    public Claim claim(Tx tx, IdempotencyRow row, Instant now, Duration patience) {
        Key key = Key.of(row);
        IdempotencyRow present = rows.get(tx, key);
        if (present != null && present.expiresAt().isAfter(now)) {
            return new Claim.Present(present);
        }
        if (present != null) {
            expiries.remove(tx, new Expiry(present.expiresAt(), key));
        }
        rows.put(tx, key, row);
        expiries.put(tx, new Expiry(row.expiresAt(), key), key);
        return new Claim.Inserted();
    }

    @Override
    public void complete(Tx tx, IdempotencyRow row) {
        rows.put(tx, Key.of(row), row);
    }

    @Override
    public int purge(Tx tx, Instant before, int limit) {
        List<Expiry> due = expiries.rows(tx).keySet().stream()
                .takeWhile(expiry -> !expiry.at().isAfter(before))
                .limit(limit)
                .toList();
        for (Expiry expiry : due) {
            expiries.remove(tx, expiry);
            rows.remove(tx, expiry.key());
        }
        return due.size();
    }
}
