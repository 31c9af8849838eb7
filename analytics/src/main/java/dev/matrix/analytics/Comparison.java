package dev.matrix.analytics;

/** What the buckets of a report are compared with. */
public enum Comparison {
    NONE,
    /** As many buckets, just before the window. */
    PREVIOUS_PERIOD,
    /** The same window a year earlier, by the calendar of the report's zone. */
    YEAR_EARLIER
}
