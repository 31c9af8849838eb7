package dev.matrix.refunds;

import org.jspecify.annotations.Nullable;

/** What of a refund is stored as JSON. {@code closed}: it ended before its legs began. */
record RefundDocument(
        RefundRequest request,
        @Nullable ProrationExplanation explanation,
        @Nullable String approvedBy,
        @Nullable String rejectedBy) {}
