package dev.matrix.sla;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An exclusion as callers see it. */
record SlaExclusion(
        String id,
        ExclusionScope scope,
        Instant from,
        Instant to,
        Exclusion.@Nullable Recurrence recurrence,
        ExclusionKind kind,
        ExclusionMode mode,
        String reason,
        String by,
        Instant announcedAt,
        boolean cancelled) {

    static SlaExclusion of(Exclusion e, String id, boolean cancelled) {
        return new SlaExclusion(
                id,
                e.scope(),
                e.from(),
                e.to(),
                e.recurrence(),
                e.kind(),
                e.mode(),
                e.reason(),
                e.by(),
                e.announcedAt(),
                cancelled);
    }
}
