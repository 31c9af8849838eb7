package dev.matrix.analytics;

/** Whether the number of a bucket may still change. */
public enum BucketState {
    /** The bucket has not ended. */
    PARTIAL,
    /** The bucket has ended, less than {@code closeAfter} ago: events are still awaited. */
    CLOSING,
    /** The bucket is closed. */
    FINAL,
    /** An event that was recorded after the bucket had been closed changed its number. */
    RESTATED
}
