package dev.matrix.analytics.cost;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.spi.CostFactStore;
import dev.matrix.analytics.cost.spi.CostFactStore.FactRow;
import dev.matrix.analytics.cost.spi.ResourceSampleStore;
import dev.matrix.analytics.cost.spi.ResourceSampleStore.SampleRow;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what is known of an owner's machines, in one transaction. */
record MachineReader(CostFactStore facts, ResourceSampleStore samples, Documents documents) {

    /** How far back verdicts reach. */
    private static final Duration BACK = Duration.ofDays(28);

    private static final int MOST_MACHINES = 10_000;

    /** Loads as rows keep them. */
    record Loads(List<Load> loads) {}

    static SampleRow row(ResourceSample sample, Documents documents) {
        return new SampleRow(
                sample.owner(),
                sample.resourceId(),
                sample.from(),
                (int) sample.length().toSeconds(),
                documents.write(new Loads(sample.loads())));
    }

    List<KnownMachine> read(Tx tx, Owner owner, Instant now) {
        Map<String, List<MachineFact>> machines = new LinkedHashMap<>();
        for (FactRow row : facts.facts(tx, owner)) {
            if (row.kind().equals(CostFollower.MACHINE) && !row.at().isAfter(now)) {
                machines.computeIfAbsent(row.subject(), id -> new ArrayList<>())
                        .add(documents.read(row.document(), MachineFact.class));
            }
        }
        machines.values()
                .removeIf(snapshots -> snapshots.get(snapshots.size() - 1).isGone());
        if (machines.isEmpty()) {
            return List.of();
        }
        Map<String, List<ResourceSample>> measured = new HashMap<>();
        samples.read(
                tx,
                owner,
                new Window(now.minus(BACK), now),
                row -> measured.computeIfAbsent(row.resourceId(), id -> new ArrayList<>())
                        .add(new ResourceSample(
                                row.resourceId(),
                                owner,
                                row.from(),
                                Duration.ofSeconds(row.seconds()),
                                documents.read(row.loads(), Loads.class).loads())));
        return machines.entrySet().stream()
                .limit(MOST_MACHINES)
                .map(each -> new KnownMachine(
                        each.getKey(), each.getValue(), once(measured.getOrDefault(each.getKey(), List.of()))))
                .toList();
    }

    /** Time that is covered twice counts once, the finest sample first. */
    static List<ResourceSample> once(List<ResourceSample> samples) {
        TreeMap<Instant, ResourceSample> taken = new TreeMap<>();
        samples.stream()
                .sorted(Comparator.comparing(ResourceSample::length).thenComparing(ResourceSample::from))
                .forEach(sample -> {
                    Map.Entry<Instant, ResourceSample> before = taken.lowerEntry(sample.to());
                    if (before == null || !before.getValue().to().isAfter(sample.from())) {
                        taken.put(sample.from(), sample);
                    }
                });
        return List.copyOf(taken.values());
    }
}
