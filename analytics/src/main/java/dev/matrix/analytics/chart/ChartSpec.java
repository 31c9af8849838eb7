package dev.matrix.analytics.chart;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A chart as a plain value: what it shows, not how. Immutable. All formats hold the same values.
 *
 * @param title for people
 * @param description for those who can't see it
 * @param series at most 50 of at most 2,000 points; all have the same labels
 * @param unit what the values are
 * @param currency the code of money; null for what is none
 * @param language an IETF tag such as {@code en} or {@code de-CH}, which numbers are written for
 */
public record ChartSpec(
        ChartType type,
        String title,
        String description,
        List<ChartSeries> series,
        Unit unit,
        @Nullable String currency,
        String language) {

    private static final int MOST_SERIES = 50;
    private static final int MOST_POINTS = 2_000;

    /** What the values of a chart are. */
    public enum Unit {
        MONEY,
        COUNT,
        /** 0.92 is shown as 92 %. */
        FRACTION
    }

    public ChartSpec {
        requireNonNull(type, "type");
        requireNonNull(title, "title");
        requireNonNull(description, "description");
        requireNonNull(unit, "unit");
        requireNonNull(language, "language");
        series = List.copyOf(series);
        if (series.size() > MOST_SERIES
                || series.stream().anyMatch(each -> each.points().size() > MOST_POINTS)) {
            throw new InvalidRequestException("A chart has at most " + MOST_SERIES + " series of " + MOST_POINTS
                    + " points. Ask for fewer groups or longer buckets.");
        }
        if (type == ChartType.PIE && Slices.hasNegative(series)) {
            throw new InvalidRequestException(
                    "A pie can't show a negative value. Ask for another type of chart, such as BAR.");
        }
    }

    /** The chart as an SVG document: the same bytes for the same chart and options everywhere. */
    public String toSvg(SvgOptions options) {
        return switch (type) {
            case LINE, AREA -> new LineChart(this, options).svg();
            case BAR -> new BarChart(this, options).svg();
            case PIE -> new PieChart(this, options).svg();
            case TABLE -> new TableChart(this, options).svg();
        };
    }

    /** The chart for Vega-Lite, version 6, as JSON. */
    public String toVegaLite() {
        return VegaLite.of(this);
    }

    /** The chart for Apache ECharts, version 6, as JSON, with a description for screen readers and patterns on. */
    public String toECharts() {
        return ECharts.of(this);
    }

    /** The values as CSV (RFC 4180): one row per label, one column per series. Nothing begins a formula in a spreadsheet. */
    public String toCsv() {
        return ChartTable.csv(this);
    }

    /** The values as an HTML table with a caption and scopes. */
    public String toHtmlTable() {
        return ChartTable.html(this);
    }

    /** The points of the first series, whose labels are those of the chart. */
    List<ChartPoint> labels() {
        return series.isEmpty() ? List.of() : series.get(0).points();
    }

    Locale locale() {
        return Locale.forLanguageTag(language);
    }
}
