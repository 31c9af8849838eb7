package dev.matrix.analytics;

import dev.matrix.analytics.chart.ChartPoint;
import dev.matrix.analytics.chart.ChartSeries;
import dev.matrix.analytics.chart.ChartSpec;
import dev.matrix.analytics.chart.ChartType;
import dev.matrix.analytics.chart.Csv;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Currency;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The series of a report as a chart. */
final class SeriesChart {

    private record Shown(ChartSpec.Unit unit, @Nullable Currency currency) {

        static Shown of(Series series) {
            if (series.metric() == Metric.GROWTH) {
                return new Shown(ChartSpec.Unit.FRACTION, null);
            }
            return switch (series.measure().unit()) {
                case MONEY -> new Shown(ChartSpec.Unit.MONEY, series.currency());
                case COUNT, NUMBER -> new Shown(ChartSpec.Unit.COUNT, null);
                case FRACTION -> new Shown(ChartSpec.Unit.FRACTION, null);
            };
        }
    }

    private SeriesChart() {}

    static ChartSpec of(Header header, List<Series> series, ChartType type) {
        Set<Shown> shown = series.stream().map(Shown::of).collect(Collectors.toCollection(LinkedHashSet::new));
        if (shown.size() > 1) {
            throw new InvalidRequestException(
                    "One axis can't show several currencies or units. Ask for one currency, and"
                            + " for measures of one unit.");
        }
        Shown only = shown.stream().findFirst().orElse(new Shown(ChartSpec.Unit.MONEY, header.currency()));
        Set<String> measures =
                series.stream().map(SeriesChart::words).collect(Collectors.toCollection(LinkedHashSet::new));
        Currency currency = only.currency();
        String title = String.join(", ", measures) + (currency == null ? "" : ", " + currency.code());
        String description =
                title + " by " + header.timeRange().name().toLowerCase(Locale.ROOT) + " in " + header.zone() + ", "
                        + header.window().from() + " to " + header.window().to() + ".";
        List<ChartSeries> lines = series.stream()
                .map(each -> ChartSeries.of(
                        each.name(),
                        each.points().stream()
                                .map(point -> ChartPoint.of(
                                        point.label(), point.value(), point.state() == BucketState.PARTIAL))
                                .toList()))
                .toList();
        return new ChartSpec(
                type,
                title.isEmpty() ? "No data" : title,
                description,
                lines,
                only.unit(),
                currency == null ? null : currency.code(),
                "en");
    }

    static String csv(List<Series> series) {
        StringBuilder out = new StringBuilder();
        out.append(
                Csv.row(List.of("series", "measure", "metric", "currency", "bucket", "from", "to", "value", "state")));
        for (Series each : series) {
            Currency currency = each.currency();
            for (Point point : each.points()) {
                BigDecimal value = point.value();
                out.append(Csv.row(List.of(
                        Csv.text(each.name()),
                        each.measure().name(),
                        each.metric().name(),
                        currency == null ? "" : currency.code(),
                        Csv.text(point.label()),
                        point.from().toString(),
                        point.to().toString(),
                        value == null ? "" : value.toPlainString(),
                        point.state().name())));
            }
        }
        return out.toString();
    }

    private static String words(Series series) {
        return Frame.name(series.measure(), series.metric(), null, Map.of());
    }
}
