package dev.matrix.refunds;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened to a refund. */
public record RefundHistoryEntry(
        int seq,
        Instant at,
        String event,
        @Nullable String legId,
        @Nullable String actor,
        @Nullable String detail) {}
