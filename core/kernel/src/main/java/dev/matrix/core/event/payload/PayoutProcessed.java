package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code payout.processed}: a partner was paid, or the attempt ended.
 *
 * @param status in lower snake case, such as paid or failed
 */
public record PayoutProcessed(
        String id,
        Owner owner,
        Money amount,
        @Nullable Money fee,
        String status,
        String provider,
        String providerRef,
        List<String> commissionIds,
        Period period,
        Instant processedAt)
        implements EventPayload {

    public PayoutProcessed {
        Checks.subject(id, owner);
        Checks.positive(amount, "PayoutProcessed.amount");
        Checks.word(status, "PayoutProcessed.status");
        commissionIds = List.copyOf(commissionIds);
    }

    @Override
    public EventType type() {
        return EventTypes.PAYOUT_PROCESSED;
    }
}
