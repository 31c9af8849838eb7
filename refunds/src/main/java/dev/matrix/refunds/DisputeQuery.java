package dev.matrix.refunds;

import dev.matrix.core.Owner;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which disputes are wanted; null parts don't count. Immutable.
 *
 * @param dueBefore those whose answer is due before then
 */
public record DisputeQuery(
        @Nullable Owner owner,
        @Nullable String paymentId,
        @Nullable DisputeStatus status,
        @Nullable Instant dueBefore) {

    /** Every dispute. */
    public static DisputeQuery all() {
        return new DisputeQuery(null, null, null, null);
    }
}
