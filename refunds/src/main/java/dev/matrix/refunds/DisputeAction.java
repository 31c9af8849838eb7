package dev.matrix.refunds;

/** What a merchant can do about a dispute, as far as its provider allows it. */
public enum DisputeAction {
    SUBMIT_EVIDENCE,
    ACCEPT,
    OFFER
}
