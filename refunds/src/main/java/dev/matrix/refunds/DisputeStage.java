package dev.matrix.refunds;

/** How far a dispute has gone; each is further than those before. */
public enum DisputeStage {
    /** The bank asks; no money has moved. */
    INQUIRY,
    /** The bank has taken the money back. */
    CHARGEBACK,
    /** The answer was not accepted; a last word before arbitration. */
    PRE_ARBITRATION,
    /** The card network decides. */
    ARBITRATION,
    /** The decision is contested. */
    APPEAL
}
