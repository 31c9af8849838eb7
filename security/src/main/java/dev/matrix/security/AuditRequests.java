package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Range;
import org.jspecify.annotations.Nullable;

/** What callers send about the audit log. */
final class AuditRequests {

    private AuditRequests() {}

    record ListEntries(
            @Nullable Owner owner,

            @Default("20") @Range(min = 1, max = 100) int limit,

            @Length(max = 512) @Nullable String cursor) {}

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
}
