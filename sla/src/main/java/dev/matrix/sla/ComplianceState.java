package dev.matrix.sla;

/** Where an objective or a subscription stands in a period. */
public enum ComplianceState {
    MET,
    AT_RISK,
    BREACHED,
    /** Too little was measured for a verdict. */
    NO_DATA
}
