package dev.matrix.analytics.chart;

/** How a chart shows its series. */
public enum ChartType {
    LINE,
    /** Bars side by side, from 0. */
    BAR,
    /** The series' last values as slices, from 12 o'clock: the six largest and the rest; none may be negative. */
    PIE,
    /** Lines with the area to 0 filled. */
    AREA,
    /** The values themselves. */
    TABLE
}
