package dev.matrix.refunds.spi;

import dev.matrix.core.money.Money;
import dev.matrix.refunds.DisputeAction;
import dev.matrix.refunds.DisputeStage;
import dev.matrix.refunds.DisputeStatus;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A dispute as its provider shows it. Amounts stay as reported, in the provider's currencies. Built by {@link #of} and the
 * {@code with…} methods.
 *
 * @param disputeRef the provider's id
 * @param captureRef the provider's id of the capture; null where the payment is known otherwise
 * @param rawStatus the provider's own word
 * @param amount what the customer disputes
 * @param withdrawn the sum that the provider has taken for it; null: it reports none
 * @param reinstated the sum that it has given back; null: none
 * @param fee what it charged in sum; null: it reports none
 * @param reason the provider's
 * @param respondBy until when an answer is taken, that moment included; null: no answer is possible
 * @param blocksRefunds whether the provider refuses refunds of the capture while it is open
 * @param actions what the provider allows now
 * @param evidenceSubmitted whether it has evidence of the merchant's at this stage
 * @param openedAt when it was opened
 */
public record DisputeFacts(
        String disputeRef,
        @Nullable String captureRef,
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
        boolean evidenceSubmitted,
        Instant openedAt) {

    public DisputeFacts {
        actions = Set.copyOf(actions);
    }

    /** A chargeback that needs a response, blocks refunds, takes no answer yet and has moved nothing. */
    public static DisputeFacts of(String disputeRef, Money amount, String reason, Instant openedAt) {
        return new DisputeFacts(
                disputeRef,
                null,
                DisputeStage.CHARGEBACK,
                DisputeStatus.NEEDS_RESPONSE,
                "needs_response",
                amount,
                null,
                null,
                null,
                reason,
                null,
                true,
                Set.of(),
                false,
                openedAt);
    }

    /** These facts of a capture. */
    public DisputeFacts withCapture(@Nullable String ref) {
        return new DisputeFacts(
                disputeRef,
                ref,
                stage,
                status,
                rawStatus,
                amount,
                withdrawn,
                reinstated,
                fee,
                reason,
                respondBy,
                blocksRefunds,
                actions,
                evidenceSubmitted,
                openedAt);
    }

    /** These facts at a stage, in a status; {@code raw} is the provider's own word for it. */
    public DisputeFacts withStatus(DisputeStage at, DisputeStatus in, String raw) {
        return new DisputeFacts(
                disputeRef,
                captureRef,
                at,
                in,
                raw,
                amount,
                withdrawn,
                reinstated,
                fee,
                reason,
                respondBy,
                blocksRefunds,
                actions,
                evidenceSubmitted,
                openedAt);
    }

    /** These facts with the sums of the provider's balance movements. */
    public DisputeFacts withMovements(@Nullable Money taken, @Nullable Money returned, @Nullable Money charged) {
        return new DisputeFacts(
                disputeRef,
                captureRef,
                stage,
                status,
                rawStatus,
                amount,
                taken,
                returned,
                charged,
                reason,
                respondBy,
                blocksRefunds,
                actions,
                evidenceSubmitted,
                openedAt);
    }

    /** These facts with what can be answered, until when, and whether it was. */
    public DisputeFacts withResponse(@Nullable Instant until, Set<DisputeAction> allowed, boolean submitted) {
        return new DisputeFacts(
                disputeRef,
                captureRef,
                stage,
                status,
                rawStatus,
                amount,
                withdrawn,
                reinstated,
                fee,
                reason,
                until,
                blocksRefunds,
                allowed,
                submitted,
                openedAt);
    }

    /** These facts, where the provider does or doesn't refuse refunds meanwhile. */
    public DisputeFacts withBlocking(boolean refusesRefunds) {
        return new DisputeFacts(
                disputeRef,
                captureRef,
                stage,
                status,
                rawStatus,
                amount,
                withdrawn,
                reinstated,
                fee,
                reason,
                respondBy,
                refusesRefunds,
                actions,
                evidenceSubmitted,
                openedAt);
    }
}
