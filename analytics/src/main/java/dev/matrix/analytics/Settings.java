package dev.matrix.analytics;

import dev.matrix.analytics.CustomerCells.Layer;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the rollups are made with; kept with them, so that nobody adds to them by another rule.
 *
 * @param revision raised by the host when it changes the rest
 * @param zones those with rollups; the first is the reporting zone
 */
record Settings(
        int revision,
        MrrPolicy policy,
        List<ZoneId> zones,
        Calendar calendar,
        List<Dimension> dimensions,
        Duration closeAfter) {

    /** Raised when the code makes other rollups of the same versions. */
    private static final int LAYOUT = 1;

    Settings {
        zones = List.copyOf(zones);
        dimensions = List.copyOf(dimensions);
    }

    ZoneId reportingZone() {
        return zones.get(0);
    }

    Timelines timelines() {
        return new Timelines(new Pricing(policy, new Segmenting(dimensions)));
    }

    /** What makes the stored rollups. */
    CustomerCells cells() {
        List<Layer> layers = new ArrayList<>();
        for (int zone = 0; zone < zones.size(); zone++) {
            for (TimeRange range : TimeRange.values()) {
                layers.add(new Layer(zone, range, calendar.bucketing(range, zones.get(zone))));
            }
        }
        return new CustomerCells(this, layers);
    }

    /** What makes the cells of one report. */
    CustomerCells cells(TimeRange range, Bucketing bucketing) {
        return new CustomerCells(this, List.of(new Layer(0, range, bucketing)));
    }

    /** All that decides what the rollups hold, one setting per line. */
    String text() {
        return String.join(
                "\n",
                "layout=" + LAYOUT,
                "discounts=" + policy.discounts(),
                "churnAt=" + policy.churnAt(),
                "pastDue=" + policy.pastDue(),
                "zeroMrr=" + policy.zeroMrr(),
                "reactivationWindow=" + policy.reactivationWindow(),
                "commitments=" + policy.commitments(),
                "zones=" + zones.stream().map(ZoneId::getId).collect(Collectors.joining(",")),
                "weekStart=" + calendar.weekStart(),
                "fiscalYearStart=" + calendar.fiscalYearStart(),
                "dimensions=" + dimensions.stream().map(Dimension::name).collect(Collectors.joining(",")));
    }
}
