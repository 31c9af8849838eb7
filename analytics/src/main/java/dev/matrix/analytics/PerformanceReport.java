package dev.matrix.analytics;

import java.util.List;

/** How well it is paid, served and kept: success, recovery, disputes, trials, errors, missed service levels. */
public record PerformanceReport(Header header, List<Series> series, List<Warning> warnings) implements Report {

    public PerformanceReport {
        series = List.copyOf(series);
        warnings = List.copyOf(warnings);
    }
}
