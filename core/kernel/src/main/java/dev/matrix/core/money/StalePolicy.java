package dev.matrix.core.money;

/** What to do when the only rate is older than its class allows. */
public enum StalePolicy {
    /** Answer {@link Conversion.NoRate} and name the last known rate; the default. */
    REFUSE,
    /** Convert, and mark the result {@link Freshness#STALE}. */
    USE_AND_FLAG
}
