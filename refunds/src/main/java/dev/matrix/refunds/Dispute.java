package dev.matrix.refunds;

import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A dispute of a payment. Amounts are as the provider reports them, in its currencies.
 *
 * @param captureId the disputed capture; null: the provider names none
 * @param providerRef the provider's id
 * @param rawStatus the provider's own word
 * @param withdrawn what the provider has taken; null: it reports nothing
 * @param reinstated what it has given back; null: nothing
 * @param reason the provider's
 * @param respondBy until when an answer is taken, that moment included; null: none is
 * @param blocksRefunds whether the provider refuses refunds while it is open
 * @param actions what the provider allows now
 * @param evidence whether there is none, a draft, or a submitted answer
 * @param answerInDoubt an answer of which nobody knows whether it arrived; null: there is none
 */
public record Dispute(
        String id,
        Owner owner,
        String paymentId,
        @Nullable String captureId,
        String provider,
        String providerRef,
        DisputeStage stage,
        DisputeStatus status,
        String rawStatus,
        Money amount,
        @Nullable Money withdrawn,
        @Nullable Money reinstated,
        @Nullable Money fee,
        String reason,
        @Nullable Instant respondBy,
        boolean blocksRefunds,
        Set<DisputeAction> actions,
        EvidenceState evidence,
        @Nullable DisputeAction answerInDoubt,
        Set<Attention> attention,
        Instant openedAt,
        long version) {

    /** Whether an answer was written. */
    public enum EvidenceState {
        NONE,
        DRAFT,
        SUBMITTED
    }

    public Dispute {
        actions = Set.copyOf(actions);
        attention = Set.copyOf(attention);
    }
}
