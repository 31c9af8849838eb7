package dev.matrix.sla;

import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.payload.SlaDataResumed;
import dev.matrix.core.event.payload.SlaNoData;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.ComponentStore.ProbeRow;
import dev.matrix.sla.spi.MeasurementStore.BatchMark;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells of sources that have fallen silent and are back: nodes by their batches, whatever process of a node's name wrote them, and
 * components by their checks. The shortest {@code noDataAfter} of all tiers counts. Each silence is one event, by its key.
 */
final class Silence {

    /** Of a shard that every node writes to. */
    static final int SHARD = 0;

    private static final long SEEN_BACK = 24L * 60;

    private final SlaStores stores;
    private final Records records;
    private final EventLog events;
    private final Set<String> told = new HashSet<>();

    Silence(SlaStores stores, Records records, EventLog events) {
        this.stores = stores;
        this.records = records;
        this.events = events;
    }

    /** When a node was heard, in minutes; whether it said goodbye then. */
    private record Heard(long minute, boolean closed) {}

    /** Judges all sources; called by whoever holds {@link #SHARD}. */
    void judge(Tx tx, Instant now) {
        Duration after = after(tx);
        long minute = Counting.minute(now);
        Map<String, Heard> nodes = new TreeMap<>();
        for (BatchMark mark : stores.measurements().marks(tx, SHARD, minute - SEEN_BACK, minute, false)) {
            String node = node(mark.key().source());
            if (node != null) {
                boolean closed = mark.key().part() == Batch.CLOSED;
                Heard former = nodes.put(node, new Heard(mark.key().minute(), closed));
                if (former != null && !former.closed() && mark.key().minute() - former.minute() > after.toMinutes()) {
                    publishOnce(
                            tx,
                            dataResumed(
                                    tx, node, null, Periods.instant(mark.key().minute())),
                            "sla:data-resumed");
                }
            }
        }
        boolean anyoneLives = nodes.values().stream().anyMatch(heard -> minute - heard.minute() <= after.toMinutes());
        nodes.forEach((node, heard) -> {
            if (minute - heard.minute() > after.toMinutes() && !(heard.closed() && anyoneLives)) {
                publishOnce(tx, noData(tx, node, null, Periods.instant(heard.minute() + 1)), "sla:no-data");
            }
        });
        components(tx, now, after);
    }

    private void components(Tx tx, Instant now, Duration after) {
        @Nullable String cursor = null;
        do {
            var page = stores.components().page(tx, new PageRequest(500, cursor));
            for (ProbeRow row : page.items()) {
                Instant last = records.text().read(row.run(), ProbeRun.class).lastResult();
                if (last != null && last.plus(after).isBefore(now)) {
                    publishOnce(tx, noData(tx, row.component(), row.component(), last), "sla:no-data");
                }
            }
            cursor = page.nextCursor();
        } while (cursor != null);
    }

    /** Tells that a component is heard again, if its silence was told of. */
    void resumed(Tx tx, String component, @Nullable Instant former, @Nullable Instant now) {
        if (former != null && now != null && former.plus(after(tx)).isBefore(now)) {
            publish(tx, dataResumed(tx, component, component, now), "sla:data-resumed");
        }
    }

    private Duration after(Tx tx) {
        return records.tiers(tx).values().stream()
                .map(versions ->
                        versions.get(versions.size() - 1).definition().alerts().noDataAfter())
                .min(Duration::compareTo)
                .orElse(AlertPolicy.standard().noDataAfter());
    }

    /** The node that wrote a batch; null: it came from elsewhere. */
    private static @Nullable String node(String source) {
        String[] parts = source.split(":", -1);
        return parts[0].equals(FlushStep.NODE) && parts.length > 1 ? parts[1] : null;
    }

    private SlaNoData noData(Tx tx, String source, @Nullable String component, Instant since) {
        return new SlaNoData(source, Owner.platform(), source, since, affected(tx, component));
    }

    private SlaDataResumed dataResumed(Tx tx, String source, @Nullable String component, Instant since) {
        return new SlaDataResumed(source, Owner.platform(), source, since, affected(tx, component));
    }

    /** Bound subscriptions, those of a component if one is named. */
    private int affected(Tx tx, @Nullable String component) {
        List<Subscribed> all = records.subscriptions(tx);
        return (int) all.stream()
                .filter(each -> each.bindings().stream()
                        .anyMatch(binding ->
                                component == null || binding.components().contains(component)))
                .count();
    }

    private void publishOnce(Tx tx, EventPayload payload, String kind) {
        String key = key(payload, kind);
        if (told.add(key)) {
            publish(tx, payload, kind);
        }
    }

    private void publish(Tx tx, EventPayload payload, String kind) {
        events.publish(tx, BillingEvent.of(payload).withKey(key(payload, kind)));
    }

    private static String key(EventPayload payload, String kind) {
        Instant since = payload instanceof SlaNoData silent ? silent.since() : ((SlaDataResumed) payload).since();
        return Names.key(kind, payload.id(), since.toString());
    }
}
