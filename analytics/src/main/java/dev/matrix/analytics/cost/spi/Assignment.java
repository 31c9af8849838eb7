package dev.matrix.analytics.cost.spi;

import dev.matrix.core.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The terms of one subscription.
 *
 * @param planId its plan
 * @param contractEnd until when it can't be left without paying on; null: it may be left at any month's end
 * @param exitFee what leaving costs besides; null: nothing
 */
public record Assignment(
        String planId,
        @Nullable Instant contractEnd,
        @Nullable Money exitFee) {

    /** A plan without a term. */
    public static Assignment of(String planId) {
        return new Assignment(planId, null, null);
    }
}
