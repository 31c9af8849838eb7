package dev.matrix.core.money;

/** Which price of a pair applies; a source that quotes one price only has {@link #MID} alone. */
public enum RateSide {
    /** What one unit of the source currency sells for. */
    BID,
    /** Between the two; the default. */
    MID,
    /** What one unit of the source currency costs. */
    ASK;

    /** The same price, seen from the other currency: selling one is buying the other. */
    RateSide opposite() {
        return switch (this) {
            case BID -> ASK;
            case MID -> MID;
            case ASK -> BID;
        };
    }
}
