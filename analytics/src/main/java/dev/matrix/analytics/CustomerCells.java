package dev.matrix.analytics;

import dev.matrix.analytics.Timelines.Step;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one customer adds to the rollups: for each day on which events of it were recorded, the movements by all that was recorded
 * until then, less those by what was recorded before. So the sum up to a day is the state of knowledge of that day, and the cells
 * depend on the versions alone, not on the order in which they were handled.
 */
final class CustomerCells {

    private final Timelines timelines;
    private final Movements movements;
    private final ZoneId reporting;

    /** A way to cut time, with the name that its cells get. */
    record Layer(int zone, TimeRange range, Bucketing bucketing) {}

    private final List<Layer> layers;

    CustomerCells(Settings settings, List<Layer> layers) {
        this.timelines = settings.timelines();
        this.movements = new Movements(settings.policy());
        this.reporting = settings.reportingZone();
        this.layers = List.copyOf(layers);
    }

    LocalDate day(SubscriptionVersion version) {
        return version.recordedAt().atZone(reporting).toLocalDate();
    }

    /**
     * The cells of all days from one on.
     *
     * @param versions all of one customer, in any order
     * @param from earlier days are left out, at less cost
     */
    Map<CellKey, Amounts> of(List<SubscriptionVersion> versions, LocalDate from) {
        List<SubscriptionVersion> sorted = new ArrayList<>(versions);
        sorted.sort(Comparator.comparing(this::day));
        Map<CellKey, Amounts> cells = new TreeMap<>();
        int known = 0;
        while (known < sorted.size() && day(sorted.get(known)).isBefore(from)) {
            known++;
        }
        List<Step> former = timelines.of(sorted.subList(0, known));
        while (known < sorted.size()) {
            LocalDate day = day(sorted.get(known));
            while (known < sorted.size() && day(sorted.get(known)).equals(day)) {
                known++;
            }
            List<Step> current = timelines.of(sorted.subList(0, known));
            add(cells, former, day, false);
            add(cells, current, day, true);
            former = current;
        }
        cells.values().removeIf(Amounts::isZero);
        return cells;
    }

    private void add(Map<CellKey, Amounts> cells, List<Step> steps, LocalDate day, boolean plus) {
        for (Layer layer : layers) {
            movements.of(
                    steps,
                    layer.bucketing(),
                    (bucket, slice, movement, amounts) -> cells.merge(
                            new CellKey(layer.zone(), layer.range(), bucket, day, slice, movement),
                            plus ? amounts : amounts.negated(),
                            Amounts::plus));
        }
    }
}
