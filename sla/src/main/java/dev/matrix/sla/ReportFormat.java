package dev.matrix.sla;

/** How a report is written. */
public enum ReportFormat {
    /** JSON of the report. */
    JSON,
    /** One self-contained page, to read and to print. */
    HTML,
    /** A row per local day and a last one, {@code total} (RFC 4180). */
    CSV,
    /** The very bytes of a statement, whose SHA-256 it states; there is none while a report is provisional. */
    STATEMENT
}
