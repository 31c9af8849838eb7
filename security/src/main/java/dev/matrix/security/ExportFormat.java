package dev.matrix.security;

/** In which form the audit log is written out. */
public enum ExportFormat {
    /**
     * For {@code AuditVerifier}: the line {@code matrix-audit-export/1 ORIGIN}, then per entry {@code SEQ e BASE64(body)}, or {@code SEQ
     * h BASE64(hash)} where the body is gone. Always from entry 0.
     */
    TREE,
    /** A body per line, as JSON. */
    JSON_LINES,
    /** A line of ArcSight's Common Event Format, version 0, per entry. */
    CEF,
    /** A JSON object of the Open Cybersecurity Schema Framework 1.1 per entry. */
    OCSF
}
