package dev.matrix.analytics.chart;

import java.util.List;

/**
 * One line of a chart.
 *
 * @param name for the legend
 * @param points in order
 */
public record ChartSeries(String name, List<ChartPoint> points) {

    public ChartSeries {
        points = List.copyOf(points);
    }
}
