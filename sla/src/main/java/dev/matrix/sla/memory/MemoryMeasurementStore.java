package dev.matrix.sla.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.MeasurementStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

final class MemoryMeasurementStore implements MeasurementStore {

    private record Stored(BatchRow row, long folded) {}

    private record Seen(String fingerprint, Instant until) {}

    private final MemoryTable<String, Stored> batches = new MemoryTable<>();
    private final MemoryTable<String, HourRow> hours = new MemoryTable<>();
    private final MemoryTable<String, Long> observed = new MemoryTable<>();
    private final MemoryTable<Integer, Long> watermarks = new MemoryTable<>();
    private final MemoryTable<String, Seen> seen = new MemoryTable<>();

    private static String key(BatchKey key) {
        return Keys.of(Keys.sorted(key.shard()), Keys.sorted(key.minute()), key.source(), Keys.sorted(key.part()));
    }

    private static String key(long first, long hour) {
        return Keys.of(Keys.sorted(first), Keys.sorted(hour));
    }

    @Override
    public void putBatches(Tx tx, Collection<BatchRow> rows) {
        for (BatchRow row : rows) {
            Stored former = batches.get(tx, key(row.key()));
            if (former == null || former.row().revision() < row.revision()) {
                batches.put(tx, key(row.key()), new Stored(row, former == null ? 0 : former.folded()));
            }
        }
    }

    @Override
    public List<BatchMark> marks(Tx tx, int shard, long fromMinute, long toMinute, boolean openOnly) {
        return batches
                .rows(tx)
                .subMap(
                        Keys.of(Keys.sorted(shard), Keys.sorted(fromMinute)),
                        Keys.of(Keys.sorted(shard), Keys.sorted(toMinute)))
                .values()
                .stream()
                .map(each -> new BatchMark(
                        each.row().key(), each.row().revision(), each.row().revision() != each.folded()))
                .filter(mark -> mark.open() || !openOnly)
                .toList();
    }

    @Override
    public List<BatchRow> batches(Tx tx, Collection<BatchKey> keys) {
        return keys.stream()
                .map(key -> batches.get(tx, key(key)))
                .filter(Objects::nonNull)
                .map(Stored::row)
                .toList();
    }

    @Override
    public void fold(
            Tx tx, int shard, Collection<HourRow> rows, Map<Long, Long> minutes, Collection<BatchMark> folded) {
        rows.forEach(row -> hours.put(tx, key(row.series(), row.hour()), row));
        minutes.forEach((hour, mask) -> observed.put(tx, key(shard, hour), mask));
        for (BatchMark mark : folded) {
            Stored former = batches.get(tx, key(mark.key()));
            if (former != null) {
                batches.put(tx, key(mark.key()), new Stored(former.row(), mark.revision()));
            }
        }
    }

    @Override
    public List<HourRow> hours(Tx tx, long series, long fromHour, long toHour) {
        return List.copyOf(hours.rows(tx)
                .subMap(key(series, fromHour), key(series, toHour))
                .values());
    }

    @Override
    public Map<Long, Long> observed(Tx tx, int shard, long fromHour, long toHour) {
        Map<Long, Long> found = new TreeMap<>();
        for (long hour = fromHour; hour < toHour; hour++) {
            Long mask = observed.get(tx, key(shard, hour));
            if (mask != null) {
                found.put(hour, mask);
            }
        }
        return found;
    }

    @Override
    public long watermark(Tx tx, int shard) {
        Long known = watermarks.get(tx, shard);
        return known == null ? Long.MIN_VALUE : known;
    }

    @Override
    public void watermark(Tx tx, int shard, long minute) {
        watermarks.put(tx, shard, minute);
    }

    @Override
    public Optional<String> see(Tx tx, String source, String batchId, String fingerprint, Instant until) {
        String key = Keys.of(source, batchId);
        Seen earlier = seen.get(tx, key);
        if (earlier == null) {
            seen.put(tx, key, new Seen(fingerprint, until));
            return Optional.empty();
        }
        return Optional.of(earlier.fingerprint());
    }

    @Override
    public int purge(Tx tx, long beforeHour, long beforeMinute, Instant now, int limit) {
        List<String> oldHours = hours.rows(tx).entrySet().stream()
                .filter(each -> each.getValue().hour() < beforeHour)
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
        oldHours.forEach(key -> hours.remove(tx, key));
        List<String> oldBatches = batches.rows(tx).entrySet().stream()
                .filter(each -> each.getValue().row().key().minute() < beforeMinute
                        && each.getValue().row().revision() == each.getValue().folded())
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
        oldBatches.forEach(key -> batches.remove(tx, key));
        List<String> ended = seen.rows(tx).entrySet().stream()
                .filter(each -> !each.getValue().until().isAfter(now))
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
        ended.forEach(key -> seen.remove(tx, key));
        return oldHours.size() + oldBatches.size() + ended.size();
    }
}
