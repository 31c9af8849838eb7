package dev.matrix.refunds;

import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A refund.
 *
 * @param legs each is one transfer by one provider
 * @param explanation how a prorated amount was found; null for any other
 * @param attention why a person should look at it
 * @param outside whether it was made at the provider and not by Matrix
 * @param dueAt when it starts, or its approval expires; null: neither
 */
public record Refund(
        String id,
        String paymentId,
        Owner owner,
        RefundStatus status,
        Money amount,
        Money tax,
        RefundReason reason,
        @Nullable String note,
        @Nullable String requestedBy,
        @Nullable ProrationExplanation explanation,
        List<RefundLeg> legs,
        Set<Attention> attention,
        Map<String, String> metadata,
        boolean outside,
        Instant createdAt,
        @Nullable Instant dueAt) {

    public Refund {
        legs = List.copyOf(legs);
        attention = Set.copyOf(attention);
        metadata = Map.copyOf(metadata);
    }
}
