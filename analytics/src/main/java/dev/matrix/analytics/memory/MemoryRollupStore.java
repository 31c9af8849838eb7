package dev.matrix.analytics.memory;

import dev.matrix.analytics.Movement;
import dev.matrix.analytics.TimeRange;
import dev.matrix.analytics.spi.RollupRange;
import dev.matrix.analytics.spi.RollupRow;
import dev.matrix.analytics.spi.RollupStore;
import dev.matrix.analytics.spi.RollupSum;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@link RollupStore} in memory. */
final class MemoryRollupStore implements RollupStore {

    private record Key(
            int zone,
            TimeRange range,
            Instant bucket,
            LocalDate recordedDay,
            int segment,
            String currency,
            Movement movement)
            implements Comparable<Key> {

        private static final Comparator<Key> ORDER = Comparator.comparingInt(Key::zone)
                .thenComparing(Key::range)
                .thenComparing(Key::bucket)
                .thenComparing(Key::recordedDay)
                .thenComparing(Key::segment)
                .thenComparing(Key::currency)
                .thenComparing(Key::movement);

        static Key of(RollupRow row) {
            return new Key(
                    row.zone(),
                    row.range(),
                    row.bucket(),
                    row.recordedDay(),
                    row.segment(),
                    row.currency(),
                    row.movement());
        }

        /** Before all keys of a zone and range from a bucket on. */
        static Key first(int zone, TimeRange range, Instant bucket) {
            return new Key(zone, range, bucket, LocalDate.MIN, 0, "", Movement.NEW);
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private record SumKey(@Nullable Instant bucket, int segment, String currency, Movement movement) {}

    private final MemoryTable<Key, RollupRow> rows = new MemoryTable<>();

    @Override
    public void add(Tx tx, List<RollupRow> additions) {
        for (RollupRow more : additions) {
            Key key = Key.of(more);
            RollupRow former = rows.get(tx, key);
            rows.put(tx, key, former == null ? more : plus(former, more));
        }
    }

    private static RollupRow plus(RollupRow row, RollupRow more) {
        BigInteger parts = row.parts().add(more.parts());
        long customers = row.customers() + more.customers();
        long payers = row.payers() + more.payers();
        return new RollupRow(
                row.zone(),
                row.range(),
                row.bucket(),
                row.recordedDay(),
                row.segment(),
                row.currency(),
                row.movement(),
                parts,
                customers,
                payers);
    }

    @Override
    public void read(Tx tx, RollupRange range, Consumer<RollupSum> sink) {
        Map<SumKey, RollupSum> sums = new HashMap<>();
        rows
                .rows(tx)
                .subMap(
                        Key.first(range.zone(), range.range(), Instant.MIN),
                        Key.first(range.zone(), range.range(), range.to()))
                .values()
                .stream()
                .filter(row -> !row.recordedDay().isAfter(range.recordedUntil()) && !isZero(row))
                .forEach(row -> {
                    Instant bucket = row.bucket().isBefore(range.from()) ? null : row.bucket();
                    sums.merge(
                            new SumKey(bucket, row.segment(), row.currency(), row.movement()),
                            sum(bucket, row),
                            MemoryRollupStore::plus);
                });
        sums.values().forEach(sink);
    }

    private static boolean isZero(RollupRow row) {
        return row.parts().signum() == 0 && row.customers() == 0 && row.payers() == 0;
    }

    private static RollupSum sum(@Nullable Instant bucket, RollupRow row) {
        return new RollupSum(
                bucket,
                row.segment(),
                row.currency(),
                row.movement(),
                row.parts(),
                row.customers(),
                row.payers(),
                row.recordedDay(),
                row.recordedDay());
    }

    private static RollupSum plus(RollupSum sum, RollupSum more) {
        LocalDate first = sum.firstDay().isBefore(more.firstDay()) ? sum.firstDay() : more.firstDay();
        LocalDate last = sum.lastDay().isAfter(more.lastDay()) ? sum.lastDay() : more.lastDay();
        return new RollupSum(
                sum.bucket(),
                sum.segment(),
                sum.currency(),
                sum.movement(),
                sum.parts().add(more.parts()),
                sum.customers() + more.customers(),
                sum.payers() + more.payers(),
                first,
                last);
    }

    @Override
    public void rows(Tx tx, Instant from, Instant to, Consumer<RollupRow> sink) {
        rows.rows(tx).values().stream().filter(row -> isIn(row, from, to)).forEach(sink);
    }

    private static boolean isIn(RollupRow row, Instant from, Instant to) {
        return !row.bucket().isBefore(from) && row.bucket().isBefore(to);
    }

    @Override
    public long delete(Tx tx, Instant from, Instant to) {
        List<Key> doomed = rows.rows(tx).entrySet().stream()
                .filter(row -> isIn(row.getValue(), from, to))
                .map(Map.Entry::getKey)
                .toList();
        doomed.forEach(key -> rows.remove(tx, key));
        return doomed.size();
    }
}
