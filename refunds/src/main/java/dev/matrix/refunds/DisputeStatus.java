package dev.matrix.refunds;

/** The state of a dispute within its stage. */
public enum DisputeStatus {
    /** The merchant's answer is awaited. */
    NEEDS_RESPONSE,
    /** Somebody else's answer is. */
    UNDER_REVIEW,
    /** The merchant keeps the money. */
    WON,
    /** The customer keeps the money. */
    LOST,
    /** The merchant has accepted it. */
    ACCEPTED,
    /** The customer has withdrawn it. */
    CANCELLED,
    /** It ended without a decision, such as an inquiry that went no further. */
    CLOSED,
    /** It was kept from becoming a dispute. */
    PREVENTED,
    /** The provider used a word that isn't known; deadline and money stay as they were. */
    UNRECOGNISED;

    /** Whether it is over, until the provider says something else. */
    public boolean isEnd() {
        return this != NEEDS_RESPONSE && this != UNDER_REVIEW && this != UNRECOGNISED;
    }

    /** Whether the money is gone where the provider reports no movements. */
    boolean isLoss() {
        return this == LOST || this == ACCEPTED;
    }

    int rank() {
        return this == NEEDS_RESPONSE ? 0 : this == UNDER_REVIEW ? 1 : 2;
    }
}
