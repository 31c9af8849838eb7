package dev.matrix.security;

import dev.matrix.security.verify.Finding;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check of the audit log found. It proves that what was numbered is whole, not that everything was appended.
 *
 * @param findings what is wrong, at most 100
 * @param entries how many have a number
 * @param covered how many of them the largest checkpoint covers that the caller trusts; 0: none was given
 * @param waitingSince when the entry was appended that waits longest for its number; null: none waits
 */
public record AuditReport(
        Outcome outcome,
        List<Finding> findings,
        long entries,
        long covered,
        @Nullable Instant waitingSince) {

    /** What the check says as a whole. */
    public enum Outcome {
        /** All is as it was when it was signed. */
        VERIFIED,
        /** All fits together, but no checkpoint from elsewhere was given: a log that was rewritten would look the same. */
        VERIFIED_UNANCHORED,
        /** Something was changed, or is missing. */
        FAILED
    }

    public AuditReport {
        findings = List.copyOf(findings);
    }
}
