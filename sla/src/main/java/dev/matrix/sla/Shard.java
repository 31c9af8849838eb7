package dev.matrix.sla;

import dev.matrix.core.event.payload.SlaObjective;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.AlertStore.AlertRow;
import dev.matrix.sla.spi.MeasurementStore.BatchKey;
import dev.matrix.sla.spi.MeasurementStore.BatchMark;
import dev.matrix.sla.spi.MeasurementStore.BatchRow;
import dev.matrix.sla.spi.MeasurementStore.HourRow;
import dev.matrix.sla.spi.StatementStore.BreachRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The subscriptions of one shard on the node that holds its lease: what has arrived of them, judged. All of it is a copy of stored
 * rows, so that any node can begin anew with it at any moment. Not thread-safe.
 */
final class Shard {

    /** Minutes before the last measured one that rules can look back to. */
    static final long LONGEST_WINDOW = 31L * 24 * 60;

    private static final int MINUTES = HourCounts.MINUTES;

    /** An hour is folded once nothing can be written to its minutes any more by a node that is alive. */
    private static final long FOLDED_AFTER = 6;

    private static final long KEPT_BATCH_HOURS = 46;

    private final int number;
    private final SlaStores stores;
    private final Records records;
    private final Map<String, Live> subscriptions = new TreeMap<>();
    private final Map<BatchKey, Long> held = new HashMap<>();
    private final TreeMap<Long, Map<BatchKey, Batch>> hours = new TreeMap<>();
    private String versions = "";
    private long measuredTo = Long.MIN_VALUE;

    Shard(int number, SlaStores stores, Records records) {
        this.number = number;
        this.stores = stores;
        this.records = records;
    }

    Collection<Live> subscriptions() {
        return subscriptions.values();
    }

    long measuredTo() {
        return measuredTo;
    }

    /**
     * Takes in what was stored since the last time.
     *
     * @return whether anything was
     */
    boolean read(Tx tx, long nowMinute) {
        List<BatchMark> open = stores.measurements().marks(tx, number, Long.MIN_VALUE, nowMinute, true);
        long newest =
                open.stream().mapToLong(mark -> mark.key().minute() + 1).max().orElse(measuredTo);
        long known = Math.max(measuredTo, stores.measurements().watermark(tx, number));
        long watermark = Math.min(Math.max(known, newest), nowMinute);
        boolean changed = follow(tx, watermark);
        Set<Long> fresh = new TreeSet<>();
        Map<Long, Boolean> foldable = new TreeMap<>();
        for (BatchMark mark : open) {
            long hour = Math.floorDiv(mark.key().minute(), MINUTES);
            if ((hour + 1) * MINUTES + FOLDED_AFTER <= watermark) {
                foldable.put(hour, true);
            } else if (!Long.valueOf(mark.revision()).equals(held.get(mark.key()))) {
                fresh.add(hour);
            }
        }
        for (Long hour : foldable.keySet()) {
            fold(tx, hour, nowMinute);
        }
        if (!fresh.isEmpty()) {
            hold(tx, open, fresh);
        }
        if (watermark != measuredTo && watermark != Long.MIN_VALUE) {
            stores.measurements().watermark(tx, number, watermark);
        }
        boolean moved = watermark != measuredTo;
        measuredTo = watermark;
        subscriptions.values().forEach(live -> live.judged.measuredTo(watermark));
        return changed || moved || !foldable.isEmpty() || !fresh.isEmpty();
    }

    /** Follows bindings, definitions, exclusions and components; returns whether any has changed. */
    private boolean follow(Tx tx, long watermark) {
        String now = stores.bindings().version(tx) + " " + stores.definitions().count(tx) + " "
                + stores.exclusions().version(tx) + " " + stores.components().version(tx);
        if (now.equals(versions)) {
            return false;
        }
        Map<String, List<Versioned>> tiers = records.tiers(tx);
        List<Exclusion> exclusions = records.exclusions(tx);
        List<Subscribed> own = records.subscriptions(tx).stream()
                .filter(each -> each.shard() == number && !each.bindings().isEmpty())
                .toList();
        Set<String> components = new HashSet<>();
        own.forEach(each -> each.bindings().forEach(binding -> components.addAll(binding.components())));
        long from = watermark == Long.MIN_VALUE ? 0 : watermark - 2 * LONGEST_WINDOW;
        Map<String, ComponentHistory> histories =
                records.components(tx, components, Periods.instant(Math.max(0, from)));
        Set<String> present = new HashSet<>();
        for (Subscribed each : own) {
            present.add(each.id());
            Timeline timeline = Timeline.of(each.bindings(), tiers, exclusions, histories);
            Live known = subscriptions.get(each.id());
            if (known == null || !known.subscribed.row().equals(each.row())) {
                subscriptions.put(each.id(), load(tx, each, timeline, watermark));
            } else {
                known.judged.judgeBy(timeline);
            }
        }
        subscriptions.keySet().retainAll(present);
        versions = now;
        return true;
    }

    private Live load(Tx tx, Subscribed each, Timeline timeline, long watermark) {
        Map<Long, HourCounts> counts = watermark == Long.MIN_VALUE
                ? Map.of()
                : records.hours(
                        tx,
                        each,
                        Math.floorDiv(watermark - LONGEST_WINDOW, MINUTES),
                        Math.floorDiv(watermark, MINUTES) + 1);
        Live live = new Live(each, new JudgedSpan(timeline, counts, watermark));
        hours.keySet().forEach(hour -> put(live, hour));
        for (AlertRow row : stores.alerts().open(tx, each.id())) {
            SlaAlert alert = records.text().read(row.json(), SlaAlert.class);
            live.alerts.put(alert.objective(), new Live.OpenAlert(alert, row.version()));
        }
        long since = watermark == Long.MIN_VALUE ? Long.MIN_VALUE : watermark - 2 * LONGEST_WINDOW;
        for (BreachRow row : stores.statements().breaches(tx, each.id(), since)) {
            if (!row.withdrawn()) {
                live.breached
                        .computeIfAbsent(row.segment(), any -> new HashSet<>())
                        .add(SlaObjective.valueOf(row.objective()));
            }
        }
        return live;
    }

    /** Reads batches of hours that aren't folded yet. */
    private void hold(Tx tx, List<BatchMark> open, Set<Long> fresh) {
        List<BatchKey> wanted = open.stream()
                .filter(mark -> fresh.contains(Math.floorDiv(mark.key().minute(), MINUTES)))
                .filter(mark -> !Long.valueOf(mark.revision()).equals(held.get(mark.key())))
                .map(BatchMark::key)
                .toList();
        for (BatchRow row : stores.measurements().batches(tx, wanted)) {
            held.put(row.key(), row.revision());
            hours.computeIfAbsent(Math.floorDiv(row.key().minute(), MINUTES), any -> new HashMap<>())
                    .put(row.key(), Batch.unpack(row.counts()));
        }
        fresh.forEach(hour -> subscriptions.values().forEach(live -> put(live, hour)));
    }

    private void put(Live live, long hour) {
        live.judged.put(
                hour,
                sum(hours.getOrDefault(hour, Map.of()), live.subscribed.row().series()));
    }

    private static HourCounts sum(Map<BatchKey, Batch> batches, long series) {
        HourCounts sum = new HourCounts();
        batches.forEach((key, batch) -> {
            if (batch.observes(series)) {
                sum.add(Math.floorMod(key.minute(), MINUTES), batch.of(series));
            }
        });
        return sum;
    }

    /**
     * Makes an hour of all its batches. Where older ones may have been purged, those that came since are added to the hour as it is.
     * Minutes of a closed period stay as they were stated.
     */
    private void fold(Tx tx, long hour, long nowMinute) {
        boolean whole = hour >= Math.floorDiv(nowMinute, MINUTES) - KEPT_BATCH_HOURS;
        List<BatchMark> marks = stores.measurements().marks(tx, number, hour * MINUTES, (hour + 1) * MINUTES, !whole);
        Map<BatchKey, Batch> batches = new HashMap<>();
        for (BatchRow row : stores.measurements()
                .batches(tx, marks.stream().map(BatchMark::key).toList())) {
            batches.put(row.key(), Batch.unpack(row.counts()));
        }
        long mask = whole
                ? 0
                : stores.measurements().observed(tx, number, hour, hour + 1).getOrDefault(hour, 0L);
        for (Map.Entry<BatchKey, Batch> each : batches.entrySet()) {
            mask |= each.getValue().known().isEmpty()
                    ? 0
                    : 1L << Math.floorMod(each.getKey().minute(), MINUTES);
        }
        List<HourRow> rows = new ArrayList<>();
        for (Live live : subscriptions.values()) {
            long series = live.subscribed.row().series();
            HourCounts sum = sum(batches, series);
            HourCounts former =
                    records.hours(tx, live.subscribed, hour, hour + 1).get(hour);
            Long closedTo = live.subscribed.row().closedTo();
            if (closedTo != null && closedTo > hour * MINUTES) {
                continue;
            }
            if (!whole && former != null) {
                sum.addAll(former);
            }
            if (!sum.isIdle() || sum.observed() != mask || (former != null && !former.isIdle())) {
                rows.add(new HourRow(series, hour, Packed.hour(sum)));
            }
            live.judged.put(hour, sum);
        }
        stores.measurements().fold(tx, number, rows, Map.of(hour, mask), marks);
        hours.remove(hour);
        held.keySet().removeIf(key -> Math.floorDiv(key.minute(), MINUTES) == hour);
    }
}
