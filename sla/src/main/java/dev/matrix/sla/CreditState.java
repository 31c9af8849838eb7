package dev.matrix.sla;

/** The life of a credit: PROPOSED to ISSUED, DECLINED or SUPPRESSED; ISSUED to SETTLED. */
public enum CreditState {
    PROPOSED,
    ISSUED,
    DECLINED,
    SUPPRESSED,
    SETTLED
}
