package dev.matrix.sla;

/** What a minute is for uptime; each is the first of these that holds. */
enum MinuteClass {
    /** Not under contract, or not within the service hours. */
    OUTSIDE,
    EXCLUDED,
    DOWN,
    UP,
    /** Observed, with nothing to judge. */
    IDLE,
    /** Nobody observed it, or not all that uptime needs. */
    GAP
}
