package dev.matrix.analytics;

/** What is shown of a measure. */
public enum Metric {
    /** The number itself: of a flow its sum over the bucket, of a balance its value at the bucket's end. */
    SUM,
    /** (this bucket − the one before) ÷ |the one before|; null where that is 0 or the bucket has not ended. */
    GROWTH
}
