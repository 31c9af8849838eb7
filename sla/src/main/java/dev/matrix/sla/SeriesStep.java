package dev.matrix.sla;

import dev.matrix.core.event.payload.SlaObjective;
import dev.matrix.core.spi.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Keeps this node's series those of the subscriptions that have a binding now. */
final class SeriesStep implements Step {

    static final String NAME = "sla.series";

    /** A binding that another node made is known within this time. */
    private static final Duration EVERY = Duration.ofSeconds(10);

    /** Once more a binding can begin or end by time alone. */
    private static final Duration AT_LEAST = Duration.ofMinutes(1);

    /** More are counted apart. */
    static final int MOST = 250_000;

    private final SlaStores stores;
    private final Records records;
    private final Counting counting;
    private final int most;
    private long version = -1;
    private Instant read = Instant.MIN;
    private volatile Set<String> undefined = Set.of();

    /** @param most so many subscriptions at most are counted on this node */
    SeriesStep(SlaStores stores, Records records, Counting counting, int most) {
        this.stores = stores;
        this.records = records;
        this.counting = counting;
        this.most = most;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Instant run(Instant now) {
        stores.transactions().inTransaction(tx -> {
            long newest = stores.bindings().version(tx) + stores.definitions().count(tx);
            if (newest != version || !now.isBefore(read.plus(AT_LEAST))) {
                take(records.subscriptions(tx), records.tiers(tx), now);
                version = newest;
                read = now;
            }
        });
        return now.plus(EVERY);
    }

    private void take(List<Subscribed> all, Map<String, List<Versioned>> tiers, Instant now) {
        Map<String, Series> series = new HashMap<>();
        Set<String> missing = new TreeSet<>();
        Set<Integer> shards = new TreeSet<>();
        for (Subscribed each : all) {
            SlaBinding binding = each.at(now);
            if (binding != null || isOpen(each)) {
                shards.add(each.shard());
                shards.add(Silence.SHARD);
            }
            if (binding != null) {
                Timeline timeline = Timeline.of(List.of(binding), tiers, List.of(), Map.of());
                @Nullable Segment segment = timeline.segment(Counting.minute(now));
                if (segment == null) {
                    missing.add(binding.tier());
                }
                series.put(each.id(), new Series(each.row().series(), each.shard(), slowAbove(segment)));
            }
        }
        undefined = missing;
        counting.series(series.size() <= most ? series : firstOf(series), shards);
    }

    /** Whether a period has no statement yet; it gets one once its freeze was lived through. */
    private static boolean isOpen(Subscribed each) {
        Long closedTo = each.row().closedTo();
        return each.bindings().stream()
                .anyMatch(binding ->
                        closedTo == null || binding.to() == null || Counting.minute(binding.to()) > closedTo);
    }

    /** The oldest ones; requests of the others are counted apart, and their minutes are gaps. */
    private Map<String, Series> firstOf(Map<String, Series> series) {
        Map<String, Series> kept = new HashMap<>();
        series.entrySet().stream()
                .sorted(Comparator.comparingLong(each -> each.getValue().number))
                .limit(most)
                .forEach(each -> kept.put(each.getKey(), each.getValue()));
        return kept;
    }

    private static long slowAbove(@Nullable Segment segment) {
        return segment == null
                ? Long.MAX_VALUE
                : segment.definition()
                        .objective(SlaObjective.LATENCY)
                        .map(each -> ((Objective.Latency) each).threshold().toNanos())
                        .orElse(Long.MAX_VALUE);
    }

    /** Tiers of bound subscriptions that have no definition. */
    Set<String> undefined() {
        return undefined;
    }
}
