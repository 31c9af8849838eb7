package dev.matrix.analytics;

/** What is shown of a measure. */
public enum Metric {
    /** How many facts. */
    COUNT,
    /** The number itself: of a flow its sum over the bucket, of a balance its value at the bucket's end. */
    SUM,
    /** The sum per fact; null of none. */
    AVERAGE,
    /** The least of any fact; null of none. */
    MIN,
    /** The greatest of any fact; null of none. */
    MAX,
    /** (this bucket − the one before) ÷ |the one before|; null where that is 0 or the bucket has not ended. */
    GROWTH
}
