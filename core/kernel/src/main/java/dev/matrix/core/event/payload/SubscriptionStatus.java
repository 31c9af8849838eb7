package dev.matrix.core.event.payload;

/** Where a subscription stands. Live, though not always paying, are ACTIVE, PAST_DUE and PAUSED. */
public enum SubscriptionStatus {
    TRIALING,
    ACTIVE,
    PAST_DUE,
    UNPAID,
    PAUSED,
    CANCELLED
}
