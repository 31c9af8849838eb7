package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Range;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What callers send about the audit log. */
final class AuditRequests {

    private AuditRequests() {}

    record ListEntries(
            @Nullable Owner owner,

            @Describe("Who acted, such as key:key_1 or person:user:u_42/alice.") @Length(max = 300) @Nullable
            String actor,

            @Describe("What was done, such as api_key.issued.") @Length(max = 128) @Nullable
            String action,

            AuditEntry.@Nullable Category category,

            @Describe("The first instant.") @Nullable Instant from,

            @Describe("The end, which isn't included.") @Nullable
            Instant to,

            @Default("20") @Range(min = 1, max = 100) int limit,

            @Length(max = 512) @Nullable String cursor) {}

    record GetAuditKey() {}

    record GetCheckpoint() {}

    record GetProof(
            @Describe("For a proof that this entry is in the log.") @Length(max = 80) @Nullable
            String entryId,

            @Describe("For a proof that the log continues what it was with this many entries.")
            @Range(min = 1)
            @Nullable
            Long from,

            @Describe("With from: the size of the log that continues it.") @Range(min = 1) @Nullable
            Long to) {}

    record EraseSubject(
            @Nullable Owner owner,

            @Describe("The person, as the host names it; the owner's own id where the owner is the person.")
            @Length(min = 1, max = 128)
            String subjectId) {}
}
