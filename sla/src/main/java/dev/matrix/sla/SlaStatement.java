package dev.matrix.sla;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on a closed period; immutable. A later version replaces an earlier one.
 *
 * @param version from 1
 * @param replaces the version before; null for the first
 * @param cause what made it, such as close or an exclusion's id
 * @param sha256 of the report's bytes, in hexadecimal
 * @param exclusions the ids of the exclusions that it judged by
 * @param segments what it judged: from, to, tier and version of each part
 * @param credits the ids of the credits that it made
 */
public record SlaStatement(
        String id,
        String subscriptionId,
        String period,
        int version,
        @Nullable Integer replaces,
        String cause,
        String tier,
        int definitionVersion,
        ComplianceState state,
        String sha256,
        List<String> exclusions,
        List<String> segments,
        List<String> credits,
        Instant issuedAt) {

    public SlaStatement {
        exclusions = List.copyOf(exclusions);
        segments = List.copyOf(segments);
        credits = List.copyOf(credits);
    }
}
