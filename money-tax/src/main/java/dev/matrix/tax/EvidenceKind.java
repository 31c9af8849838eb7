package dev.matrix.tax;

/** Kinds of evidence of where a consumer is (Reg. 282/2011 art. 24f). */
public enum EvidenceKind {
    BILLING_ADDRESS,
    IP,
    BANK,
    CARD,
    SIM,
    LANDLINE,
    OTHER
}
