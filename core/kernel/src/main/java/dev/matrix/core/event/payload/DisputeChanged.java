package dev.matrix.core.event.payload;

import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code dispute.opened}, {@code dispute.updated}, {@code dispute.evidence_due} and {@code dispute.closed}.
 *
 * @param stage inquiry, chargeback, pre_arbitration, arbitration or appeal
 * @param status needs_response, under_review, won, lost, accepted, cancelled, closed, prevented or unrecognised
 * @param amount gross
 * @param tax its share of amount
 * @param withdrawn what the provider took so far
 * @param reinstated what it gave back
 * @param reason the provider's
 * @param respondBy when evidence is due; null when none is wanted
 */
public record DisputeChanged(
        String id,
        Owner owner,
        EventType type,
        String paymentId,
        @Nullable String captureId,
        String provider,
        String providerRef,
        String stage,
        String status,
        Money amount,
        Money tax,
        Money withdrawn,
        Money reinstated,
        @Nullable Money fee,
        String reason,
        @Nullable Instant respondBy,
        Instant at)
        implements EventPayload {

    public DisputeChanged {
        Checks.subject(id, owner);
        Checks.type(type, DisputeChanged.class);
        Checks.text(paymentId, "DisputeChanged.paymentId");
        Checks.positive(amount, "DisputeChanged.amount");
        Checks.within(tax, amount, "DisputeChanged.tax");
        Checks.word(stage, "DisputeChanged.stage");
        Checks.word(status, "DisputeChanged.status");
    }
}
