package dev.matrix.tax;

/** What is known of a tax id. */
public enum TaxIdStatus {
    /** Its form or a check digit is wrong, the register calls it malformed, or nothing here knows its prefix. */
    FORMAT_INVALID,
    /** A register will be, or would have to be, asked: there is no answer that still counts. */
    PENDING,
    /** The register knows it. */
    VALID,
    /** The register answered that it doesn't know it. Nothing else makes an id invalid. */
    INVALID,
    /** The register didn't answer when it was last asked. */
    UNAVAILABLE,
    /** Its form is right, and no verifier for its prefix is wired. */
    UNVERIFIED
}
