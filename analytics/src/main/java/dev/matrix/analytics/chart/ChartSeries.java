package dev.matrix.analytics.chart;

import java.util.List;

/**
 * One series of a chart.
 *
 * @param name for the legend
 * @param points in order
 * @param dashed whether it is drawn dashed, as forecasts are
 */
public record ChartSeries(String name, List<ChartPoint> points, boolean dashed) {

    public ChartSeries {
        points = List.copyOf(points);
    }

    /** A series that isn't dashed. */
    public static ChartSeries of(String name, List<ChartPoint> points) {
        return new ChartSeries(name, points, false);
    }
}
