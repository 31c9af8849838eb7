package dev.matrix.sla;

import dev.matrix.core.spi.Step;
import dev.matrix.sla.Counting.LateCounts;
import dev.matrix.sla.Counting.Taken;
import dev.matrix.sla.spi.MeasurementStore.BatchKey;
import dev.matrix.sla.spi.MeasurementStore.BatchRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stores the minutes that are over: per shard and part one batch of absolute counts, so that writing it again changes nothing. What
 * can't be stored waits in memory for up to 24 hours.
 */
final class FlushStep implements Step {

    static final String NAME = "sla.flush";

    /** How a node's sources begin. */
    static final String NODE = "node";

    private static final int SERIES_A_PART = 4_096;

    /** A bounded run; what is left is stored by the next one, which follows at once. */
    private static final int MINUTES_A_RUN = 60;

    private final SlaStores stores;
    private final Counting counting;
    private final String source;
    private final Runnable stored;
    private long revision;

    FlushStep(SlaStores stores, Counting counting, String source, Runnable stored) {
        this.stores = stores;
        this.counting = counting;
        this.source = source;
        this.stored = stored;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Woken each minute. */
    @Override
    public Instant run(Instant now) {
        return flush(false) ? now : Instant.MAX;
    }

    @Override
    public void finish(Instant now) {
        while (flush(true)) {
            Thread.onSpinWait();
        }
        BatchKey goodbye = new BatchKey(source(), counting.minute(), Silence.SHARD, Batch.CLOSED);
        byte[] nothing = new Batch(List.of(), Map.of()).pack();
        stores.transactions()
                .inTransaction(tx ->
                        stores.measurements().putBatches(tx, List.of(new BatchRow(goodbye, revision + 1, nothing))));
    }

    /** A clock that was far ahead begins a new incarnation, so that no count of the true minutes is overwritten. */
    private String source() {
        int incarnation = counting.incarnation();
        return incarnation == 0 ? source : source + "~" + incarnation;
    }

    /** Returns whether something is left. */
    private boolean flush(boolean all) {
        List<Map.Entry<Long, Taken>> closed = counting.takeClosed(all);
        List<Map.Entry<Long, Taken>> now = closed.subList(0, Math.min(MINUTES_A_RUN, closed.size()));
        List<LateCounts> late = counting.takeLate();
        if (now.isEmpty() && late.isEmpty()) {
            return false;
        }
        revision++;
        List<BatchRow> rows = new ArrayList<>();
        for (Map.Entry<Long, Taken> each : now) {
            rows(source(), each.getKey(), each.getValue(), each.getValue().counts, rows);
        }
        for (LateCounts each : late) {
            rows(source() + "+" + each.number(), each.minute(), new Taken(), each.counts(), rows);
        }
        stores.transactions().inTransaction(tx -> stores.measurements().putBatches(tx, rows));
        counting.stored(now.stream().map(Map.Entry::getKey).toList());
        counting.lateStored(late);
        stored.run();
        return now.size() < closed.size();
    }

    private void rows(String from, long minute, Taken told, Map<Series, MinuteCounts> counts, List<BatchRow> rows) {
        Map<Integer, TreeMap<Long, MinuteCounts>> shards = new TreeMap<>();
        counts.forEach((series, each) ->
                shards.computeIfAbsent(series.shard, any -> new TreeMap<>()).put(series.number, each));
        for (int shard = 0; shard < Subscribed.shards(); shard++) {
            TreeMap<Long, MinuteCounts> own = shards.getOrDefault(shard, new TreeMap<>());
            int part = 0;
            do {
                Map<Long, MinuteCounts> piece = new TreeMap<>();
                while (!own.isEmpty() && piece.size() < SERIES_A_PART) {
                    Map.Entry<Long, MinuteCounts> first = own.pollFirstEntry();
                    piece.put(first.getKey(), first.getValue());
                }
                if (!piece.isEmpty() || (part == 0 && told.shards.contains(shard))) {
                    Batch batch = new Batch(part == 0 ? told.known : List.of(), piece);
                    rows.add(new BatchRow(new BatchKey(from, minute, shard, part), revision, batch.pack()));
                }
                part++;
            } while (!own.isEmpty());
        }
    }
}
