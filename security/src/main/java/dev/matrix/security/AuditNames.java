package dev.matrix.security;

/** Names that the rooms of the audit log share. */
final class AuditNames {

    /** The one log that there is so far; the stores can hold several. */
    static final String LOG = "main";

    /** What the actions begin with that only the log itself writes; {@link AuditEntry} refuses them. */
    static final String RESERVED = "audit.";

    /** Of the entries that tell which bodies were deleted for their age; they themselves are kept. */
    static final String PRUNED = RESERVED + "pruned";

    static final String ACTIVE = "ACTIVE";
    static final String HALTED = "HALTED";

    private AuditNames() {}
}
