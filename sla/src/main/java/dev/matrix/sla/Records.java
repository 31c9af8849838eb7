package dev.matrix.sla;

import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.ComponentStore.ChangeRow;
import dev.matrix.sla.spi.MeasurementStore.BatchKey;
import dev.matrix.sla.spi.MeasurementStore.BatchMark;
import dev.matrix.sla.spi.MeasurementStore.BatchRow;
import dev.matrix.sla.spi.MeasurementStore.HourRow;
import dev.matrix.sla.spi.SlaBindingStore.Bound;
import dev.matrix.sla.spi.SlaDefinitionStore.DefinitionRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is stored, read back as values: contracts, and the counts of a subscription.
 *
 * @param standard definitions of tiers that have none of their own
 */
record Records(SlaStores stores, Text text, List<SlaDefinition> standard) {

    private static final int PAGE = 1_000;

    Optional<Subscribed> subscription(Tx tx, String id) {
        return stores.bindings().find(tx, id).map(bound -> Subscribed.of(bound, text));
    }

    List<Subscribed> subscriptions(Tx tx) {
        List<Subscribed> all = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            var page = stores.bindings().page(tx, null, new PageRequest(PAGE, cursor));
            for (Bound bound : page.items()) {
                all.add(Subscribed.of(bound, text));
            }
            cursor = page.nextCursor();
        } while (cursor != null);
        return all;
    }

    Map<String, List<Versioned>> tiers(Tx tx) {
        Map<String, List<Versioned>> tiers = new HashMap<>();
        stores.definitions()
                .all(tx)
                .forEach(row -> tiers.computeIfAbsent(row.tier(), any -> new ArrayList<>())
                        .add(versioned(row)));
        standard.forEach(definition -> tiers.putIfAbsent(definition.tier(), List.of(first(definition))));
        return tiers;
    }

    Versioned versioned(DefinitionRow row) {
        SlaDefinition definition = text.read(row.json(), SlaDefinition.class).withVersion(row.version());
        return new Versioned(definition, row.from(), row.version() == 1 ? Instant.EPOCH : row.definedAt());
    }

    List<Exclusion> exclusions(Tx tx) {
        return stores.exclusions().inForce(tx).stream()
                .map(row -> text.read(row.json(), Exclusion.class).withId(row.id()))
                .toList();
    }

    Map<String, ComponentHistory> components(Tx tx, Collection<String> ids, Instant from) {
        Map<String, List<ComponentHistory.Change>> changes = new HashMap<>();
        if (!ids.isEmpty()) {
            for (ChangeRow row : stores.components().changes(tx, ids, from)) {
                changes.computeIfAbsent(row.component(), any -> new ArrayList<>())
                        .add(new ComponentHistory.Change(row.at(), ComponentState.valueOf(row.state())));
            }
        }
        Map<String, ComponentHistory> histories = new HashMap<>();
        changes.forEach((id, each) -> histories.put(id, ComponentHistory.of(each)));
        return histories;
    }

    Timeline timeline(Tx tx, Subscribed subscribed, long fromMinute) {
        Set<String> components = new HashSet<>();
        subscribed.bindings().forEach(binding -> components.addAll(binding.components()));
        return Timeline.of(
                subscribed.bindings(),
                tiers(tx),
                exclusions(tx),
                components(tx, components, Periods.instant(fromMinute)));
    }

    /** A subscription's minutes from one on, before another, as they are stored now. What came after a close stays apart. */
    JudgedSpan judged(Tx tx, Subscribed subscribed, long from, long to) {
        long fromHour = Math.floorDiv(from, HourCounts.MINUTES);
        long toHour = Math.floorDiv(to - 1, HourCounts.MINUTES) + 1;
        int shard = subscribed.shard();
        @Nullable Long closedTo = subscribed.row().closedTo();
        Map<Long, HourCounts> hours = hours(tx, subscribed, fromHour, toHour);
        List<BatchKey> open = stores
                .measurements()
                .marks(tx, shard, fromHour * HourCounts.MINUTES, toHour * HourCounts.MINUTES, true)
                .stream()
                .filter(mark -> closedTo == null || mark.key().minute() >= closedTo)
                .map(BatchMark::key)
                .toList();
        for (BatchRow row : stores.measurements().batches(tx, open)) {
            add(hours, row, subscribed.row().series());
        }
        long watermark = stores.measurements().watermark(tx, shard);
        return new JudgedSpan(timeline(tx, subscribed, from), hours, Math.min(watermark, to));
    }

    /** The folded hours: those of its own, else what its shard observed. */
    Map<Long, HourCounts> hours(Tx tx, Subscribed subscribed, long fromHour, long toHour) {
        Map<Long, HourCounts> hours = new TreeMap<>();
        stores.measurements()
                .observed(tx, subscribed.shard(), fromHour, toHour)
                .forEach((hour, mask) -> hours.put(hour, HourCounts.idle(mask)));
        for (HourRow row : stores.measurements().hours(tx, subscribed.row().series(), fromHour, toHour)) {
            hours.put(row.hour(), Packed.hour(row.counts()));
        }
        return hours;
    }

    private static void add(Map<Long, HourCounts> hours, BatchRow row, long series) {
        if (Packed.isKnown(row.counts())) {
            Batch batch = Batch.unpack(row.counts());
            if (batch.observes(series)) {
                long minute = row.key().minute();
                hours.computeIfAbsent(Math.floorDiv(minute, HourCounts.MINUTES), any -> new HourCounts())
                        .add(Math.floorMod(minute, HourCounts.MINUTES), batch.of(series));
            }
        }
    }

    /** A definition by its tier, the newest one. */
    Optional<Versioned> newest(Tx tx, String tier) {
        return stores.definitions().versions(tx, tier).stream()
                .reduce((older, newer) -> newer)
                .map(this::versioned)
                .or(() -> standard(tier));
    }

    /** The definition of a tier of which none was stored. */
    Optional<Versioned> standard(String tier) {
        return standard.stream()
                .filter(definition -> definition.tier().equals(tier))
                .map(Records::first)
                .findFirst();
    }

    private static Versioned first(SlaDefinition definition) {
        return new Versioned(definition.withVersion(1), null, Instant.EPOCH);
    }
}
