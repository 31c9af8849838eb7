package dev.matrix.refunds;

import dev.matrix.core.Owner;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which refunds are wanted; null parts don't count. Immutable. */
public record RefundQuery(
        @Nullable Owner owner,
        @Nullable String paymentId,
        @Nullable RefundStatus status,
        @Nullable RefundReason reason,
        @Nullable Attention attention,
        @Nullable Instant createdFrom,
        @Nullable Instant createdTo) {

    /** Every refund. */
    public static RefundQuery all() {
        return new RefundQuery(null, null, null, null, null, null, null);
    }

    /** Those of one payment. */
    public static RefundQuery ofPayment(String paymentId) {
        return new RefundQuery(null, paymentId, null, null, null, null, null);
    }
}
