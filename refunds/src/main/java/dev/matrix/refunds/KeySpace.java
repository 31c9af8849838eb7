package dev.matrix.refunds;

/** Whose idempotency keys they are; none takes another's. */
enum KeySpace {
    /** The host's, in process, and operators'. */
    HOST,
    /** An owner's own, over HTTP. */
    SELF,
    /** Matrix's, derived from what is asked for. */
    MATRIX,
    /** The provider's references, of refunds that were made there. */
    OUTSIDE
}
