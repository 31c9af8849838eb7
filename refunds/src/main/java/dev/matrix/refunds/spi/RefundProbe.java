package dev.matrix.refunds.spi;

import dev.matrix.core.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to find a refund by.
 *
 * @param ownReference the leg's id; of a refund made outside of Matrix the provider has never seen it, and providerRef names it
 * @param idempotencyKeys every key that it was sent under
 * @param providerRef the provider's id; where it is known, it decides
 * @param captureRef the capture that it belongs to; null where only the references are known
 * @param captureData what the provider needs besides; empty where there is none
 * @param firstAttemptAt when it was first sent; null: not known
 */
public record RefundProbe(
        String ownReference,
        List<String> idempotencyKeys,
        @Nullable String providerRef,
        @Nullable String captureRef,
        Map<String, String> captureData,
        @Nullable Money amount,
        @Nullable Instant firstAttemptAt) {

    public RefundProbe {
        idempotencyKeys = List.copyOf(idempotencyKeys);
        captureData = Map.copyOf(captureData);
    }
}
