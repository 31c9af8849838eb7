package dev.matrix.analytics.cost;

/** What kind of change pays. */
public enum RecommendationType {
    /** Another plan. */
    TIER,
    /** Waste in how a service is used. */
    USAGE,
    /** A machine of the right size. */
    RESOURCE,
    /** A commitment or prepayment. */
    PRICING,
    /** A machine that is idle or can be switched off for hours. */
    INSTANCE
}
