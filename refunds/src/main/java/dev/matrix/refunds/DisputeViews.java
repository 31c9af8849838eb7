package dev.matrix.refunds;

import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import dev.matrix.core.wire.ApiName;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What callers see of disputes. What only staff may see is null, or empty, for anybody else. */
final class DisputeViews {

    private DisputeViews() {}

    @Describe("A dispute of a payment.")
    @ApiName("Dispute")
    record DisputeView(
            String id,
            Owner owner,
            String paymentId,
            @Nullable String captureId,
            String provider,

            @Describe("The provider's id; for operators.") @Nullable
            String providerRef,

            DisputeStage stage,
            DisputeStatus status,

            @Describe("The provider's own word; for operators.") @Length(max = 255) @Nullable
            String rawStatus,

            Money amount,

            @Describe("What the provider has taken; for operators.") @Nullable
            Money withdrawn,

            @Describe("What it has given back; for operators.") @Nullable
            Money reinstated,

            @Describe("What it charged; for operators.") @Nullable
            Money fee,

            @Length(max = 255) String reason,

            @Describe("Until when an answer is taken; absent: none is.") @Nullable
            Instant respondBy,

            boolean blocksRefunds,

            @Describe("What the provider allows now; for operators.")
            List<DisputeAction> actions,

            @Describe("For operators.") Dispute.@Nullable EvidenceState evidence,

            @Describe("An answer of which nobody knows whether it arrived; for operators.") @Nullable
            DisputeAction answerInDoubt,

            @Describe("Why a person should look at it; for operators.")
            List<Attention> attention,

            Instant openedAt) {

        static DisputeView of(Dispute dispute, boolean staff) {
            return new DisputeView(
                    dispute.id(),
                    dispute.owner(),
                    dispute.paymentId(),
                    dispute.captureId(),
                    dispute.provider(),
                    staff ? dispute.providerRef() : null,
                    dispute.stage(),
                    dispute.status(),
                    staff ? dispute.rawStatus() : null,
                    dispute.amount(),
                    staff ? dispute.withdrawn() : null,
                    staff ? dispute.reinstated() : null,
                    staff ? dispute.fee() : null,
                    dispute.reason(),
                    dispute.respondBy(),
                    dispute.blocksRefunds(),
                    staff ? dispute.actions().stream().sorted().toList() : List.of(),
                    staff ? dispute.evidence() : null,
                    staff ? dispute.answerInDoubt() : null,
                    staff ? dispute.attention().stream().sorted().toList() : List.of(),
                    dispute.openedAt());
        }
    }
}
