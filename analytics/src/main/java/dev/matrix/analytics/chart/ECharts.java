package dev.matrix.analytics.chart;

import static dev.matrix.analytics.chart.JsonChart.flag;
import static dev.matrix.analytics.chart.JsonChart.list;
import static dev.matrix.analytics.chart.JsonChart.number;
import static dev.matrix.analytics.chart.JsonChart.object;
import static dev.matrix.analytics.chart.JsonChart.text;

import dev.matrix.core.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A chart for Apache ECharts: a whole option. A table, which ECharts doesn't have, is a data set without series. */
final class ECharts {

    private static final BigDecimal SEE_THROUGH = new BigDecimal("0.22");

    private ECharts() {}

    static String of(ChartSpec spec) {
        Json title = object("text", spec.title());
        Json aria = object(
                "enabled",
                flag(true),
                "label",
                object("description", spec.description()),
                "decal",
                object("show", flag(true)));
        Json option = switch (spec.type()) {
            case PIE ->
                object("title", title, "aria", aria, "tooltip", object("trigger", "item"), "series", list(pie(spec)));
            case TABLE -> object("title", title, "aria", aria, "dataset", object("source", source(spec)));
            case LINE, AREA, BAR ->
                object(
                        "title", title,
                        "aria", aria,
                        "tooltip", object("trigger", "axis"),
                        "legend", object("bottom", number(0)),
                        "xAxis",
                                object(
                                        "type",
                                        "category",
                                        "data",
                                        list(spec.labels().stream()
                                                .map(point -> text(point.label()))
                                                .toList())),
                        "yAxis", yAxis(spec),
                        "series", series(spec));
        };
        return JsonChart.written(option);
    }

    private static Json yAxis(ChartSpec spec) {
        String currency = spec.currency();
        return currency == null ? object("type", "value") : object("type", "value", "name", currency);
    }

    private static Json source(ChartSpec spec) {
        List<Json> rows = new ArrayList<>();
        List<Json> head = new ArrayList<>(List.of(text("bucket")));
        spec.series().forEach(series -> head.add(text(series.name())));
        rows.add(list(head));
        for (int i = 0; i < spec.labels().size(); i++) {
            List<Json> row = new ArrayList<>(List.of(text(spec.labels().get(i).label())));
            for (ChartSeries series : spec.series()) {
                row.add(number(series.points().get(i).value()));
            }
            rows.add(list(row));
        }
        return list(rows);
    }

    private static Json pie(ChartSpec spec) {
        return object(
                "type",
                "pie",
                "startAngle",
                number(90),
                "data",
                list(Slices.of(spec).slices().stream()
                        .map(slice -> object("name", slice.name(), "value", number(slice.value())))
                        .toList()));
    }

    private static Json series(ChartSpec spec) {
        List<Json> all = new ArrayList<>();
        for (ChartSeries series : spec.series()) {
            Json values = list(
                    series.points().stream().map(point -> number(point.value())).toList());
            all.add(
                    switch (spec.type()) {
                        case BAR -> object("name", series.name(), "type", "bar", "data", values);
                        case AREA ->
                            object(
                                    "name",
                                    series.name(),
                                    "type",
                                    "line",
                                    "areaStyle",
                                    object("opacity", number(SEE_THROUGH)),
                                    "data",
                                    values);
                        default ->
                            object(
                                    "name",
                                    series.name(),
                                    "type",
                                    "line",
                                    "lineStyle",
                                    object("type", series.dashed() ? "dashed" : "solid"),
                                    "data",
                                    values);
                    });
            if (series.points().stream().anyMatch(point -> point.lower() != null)) {
                all.addAll(band(series));
            }
        }
        return list(all);
    }

    /** A band is two lines that aren't seen, the second stacked on the first. */
    private static List<Json> band(ChartSeries series) {
        List<Json> lower = new ArrayList<>();
        List<Json> width = new ArrayList<>();
        for (ChartPoint point : series.points()) {
            BigDecimal low = point.lower();
            BigDecimal high = point.upper();
            lower.add(number(low));
            width.add(number(low == null || high == null ? null : high.subtract(low)));
        }
        Json unseen = object("opacity", number(0));
        return List.of(
                object(
                        "name",
                        series.name() + " lower",
                        "type",
                        "line",
                        "stack",
                        series.name() + " band",
                        "stackStrategy",
                        "all",
                        "symbol",
                        "none",
                        "lineStyle",
                        unseen,
                        "data",
                        list(lower)),
                object(
                        "name",
                        series.name() + " width",
                        "type",
                        "line",
                        "stack",
                        series.name() + " band",
                        "stackStrategy",
                        "all",
                        "symbol",
                        "none",
                        "lineStyle",
                        unseen,
                        "areaStyle",
                        object("opacity", number(SEE_THROUGH)),
                        "data",
                        list(width)));
    }
}
