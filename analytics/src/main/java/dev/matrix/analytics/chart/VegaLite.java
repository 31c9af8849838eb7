package dev.matrix.analytics.chart;

import static dev.matrix.analytics.chart.JsonChart.flag;
import static dev.matrix.analytics.chart.JsonChart.list;
import static dev.matrix.analytics.chart.JsonChart.number;
import static dev.matrix.analytics.chart.JsonChart.object;

import dev.matrix.core.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A chart for Vega-Lite. */
final class VegaLite {

    private static final String SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json";

    private VegaLite() {}

    static String of(ChartSpec spec) {
        Json layers = switch (spec.type()) {
            case LINE, AREA -> lines(spec);
            case BAR ->
                list(object(
                        "mark",
                        object("type", "bar", "tooltip", flag(true)),
                        "encoding",
                        object(
                                "x", x(),
                                "xOffset", object("field", "series", "type", "nominal"),
                                "y", y(spec, "value"),
                                "color", series())));
            case PIE ->
                list(object(
                        "mark",
                        object("type", "arc", "tooltip", flag(true)),
                        "encoding",
                        object("theta", object("field", "value", "type", "quantitative"), "color", series())));
            case TABLE ->
                list(object(
                        "mark",
                        object("type", "text"),
                        "encoding",
                        object(
                                "y", object("field", "bucket", "type", "ordinal", "sort", JsonChart.NULL),
                                "x", object("field", "series", "type", "nominal"),
                                "text", object("field", "value", "type", "quantitative"))));
        };
        return JsonChart.written(object(
                "$schema",
                SCHEMA,
                "title",
                spec.title(),
                "description",
                spec.description(),
                "width",
                "container",
                "data",
                object("values", values(spec)),
                "layer",
                layers));
    }

    private static Json values(ChartSpec spec) {
        List<Json> values = new ArrayList<>();
        if (spec.type() == ChartType.PIE) {
            Slices.of(spec)
                    .slices()
                    .forEach(slice -> values.add(object("series", slice.name(), "value", number(slice.value()))));
            return list(values);
        }
        for (ChartSeries series : spec.series()) {
            for (ChartPoint point : series.points()) {
                values.add(object(
                        "bucket",
                        point.label(),
                        "series",
                        series.name(),
                        "value",
                        number(point.value()),
                        "lower",
                        number(point.lower()),
                        "upper",
                        number(point.upper()),
                        "partial",
                        flag(point.partial()),
                        "dashed",
                        flag(series.dashed())));
            }
        }
        return list(values);
    }

    private static Json x() {
        return object("field", "bucket", "type", "ordinal", "sort", JsonChart.NULL, "title", JsonChart.NULL);
    }

    private static Json y(ChartSpec spec, String field) {
        String format = spec.unit() == ChartSpec.Unit.FRACTION ? "%" : "~s";
        return object(
                "field",
                field,
                "type",
                "quantitative",
                "title",
                spec.currency() == null ? JsonChart.NULL : JsonChart.text(spec.currency()),
                "axis",
                object("format", format),
                "scale",
                object("zero", flag(true)));
    }

    private static Json series() {
        return object("field", "series", "type", "nominal", "title", JsonChart.NULL);
    }

    private static Json lines(ChartSpec spec) {
        Json band = object(
                "mark",
                object("type", "area", "opacity", new Json.JsonNumber(new BigDecimal("0.22"))),
                "encoding",
                object("x", x(), "y", y(spec, "lower"), "y2", object("field", "upper"), "color", series()));
        Json area = object(
                "mark",
                object("type", "area", "opacity", new Json.JsonNumber(new BigDecimal("0.22"))),
                "encoding",
                object("x", x(), "y", y(spec, "value"), "color", series()));
        Json line = object(
                "mark",
                object(
                        "type",
                        "line",
                        "point",
                        flag(true),
                        "tooltip",
                        flag(true),
                        "invalid",
                        "break-paths-show-domains"),
                "encoding",
                object(
                        "x", x(),
                        "y", y(spec, "value"),
                        "color", series(),
                        "strokeDash",
                                object(
                                        "field",
                                        "dashed",
                                        "type",
                                        "nominal",
                                        "legend",
                                        JsonChart.NULL,
                                        "scale",
                                        object(
                                                "domain",
                                                list(flag(false), flag(true)),
                                                "range",
                                                list(list(number(1), number(0)), list(number(5), number(4)))))));
        return spec.type() == ChartType.AREA ? list(area, band, line) : list(band, line);
    }
}
