package dev.matrix.analytics;

/** How long a bucket of a report is. Weeks begin on Monday, quarters and years in January, unless the builder says otherwise. */
public enum TimeRange {
    HOUR,
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR
}
