package dev.matrix.core.money;

/** How old the rate of a conversion was, by the limits of its source's class. */
public enum Freshness {
    /** As new as the source publishes. */
    FRESH,
    /** Older than usual, still within the limit; worth a look. */
    AGED,
    /** Past the limit; used only because {@link StalePolicy#USE_AND_FLAG} asked for it. */
    STALE
}
