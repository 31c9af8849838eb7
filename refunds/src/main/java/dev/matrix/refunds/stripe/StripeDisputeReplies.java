package dev.matrix.refunds.stripe;

import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.refunds.DisputeAction;
import dev.matrix.refunds.DisputeStage;
import dev.matrix.refunds.DisputeStatus;
import dev.matrix.refunds.spi.DisputeFacts;
import dev.matrix.refunds.spi.JsonFields;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads disputes as Stripe answers them (docs.stripe.com/api/disputes/object). */
final class StripeDisputeReplies {

    private static final String INQUIRY = "warning_";
    private static final String APPEAL = "appeal_";

    private StripeDisputeReplies() {}

    /** What Stripe says of a dispute; null where the object is none, or in a currency that isn't known. */
    static @Nullable DisputeFacts facts(JsonFields dispute, Currencies currencies) {
        String id = dispute.text("id");
        String status = dispute.text("status");
        Money amount = StripeCurrencies.money(dispute.number("amount"), dispute.text("currency"), currencies);
        Instant opened = StripeReplies.instant(dispute.number("created"));
        if (id == null || status == null || amount == null || opened == null || !isDispute(dispute)) {
            return null;
        }
        String intent = dispute.text("payment_intent");
        DisputeStage stage = status.startsWith(INQUIRY)
                ? DisputeStage.INQUIRY
                : status.startsWith(APPEAL) ? DisputeStage.APPEAL : DisputeStage.CHARGEBACK;
        DisputeStatus read = status(status);
        BigDecimal submissions = dispute.number("evidence_details", "submission_count");
        String reason = dispute.text("reason");
        DisputeFacts facts = DisputeFacts.of(id, amount, reason == null ? "general" : reason, opened)
                .withCapture(intent == null ? dispute.text("charge") : intent)
                .withStatus(stage, read, status)
                .withBlocking(!dispute.isTrue("is_charge_refundable"))
                .withResponse(
                        StripeReplies.instant(dispute.number("evidence_details", "due_by")),
                        actions(stage, read),
                        submissions != null && submissions.signum() > 0);
        List<JsonFields> moves = dispute.list("balance_transactions");
        return moves.isEmpty() ? facts : moved(facts, moves, currencies);
    }

    private static boolean isDispute(JsonFields object) {
        return "dispute".equals(object.text("object"));
    }

    private static DisputeStatus status(String word) {
        String rest = word.startsWith(INQUIRY)
                ? word.substring(INQUIRY.length())
                : word.startsWith(APPEAL) ? word.substring(APPEAL.length()) : word;
        return switch (rest) {
            case "needs_response" -> DisputeStatus.NEEDS_RESPONSE;
            case "under_review" -> DisputeStatus.UNDER_REVIEW;
            case "won" -> DisputeStatus.WON;
            case "lost" -> DisputeStatus.LOST;
            case "prevented" -> DisputeStatus.PREVENTED;
            case "closed", "charge_refunded" -> DisputeStatus.CLOSED;
            default -> DisputeStatus.UNRECOGNISED;
        };
    }

    /** An inquiry is accepted by a refund: Stripe closes chargebacks alone. */
    private static Set<DisputeAction> actions(DisputeStage stage, DisputeStatus status) {
        if (status != DisputeStatus.NEEDS_RESPONSE) {
            return Set.of();
        }
        return stage == DisputeStage.INQUIRY
                ? Set.of(DisputeAction.SUBMIT_EVIDENCE)
                : Set.of(DisputeAction.SUBMIT_EVIDENCE, DisputeAction.ACCEPT);
    }

    /** Negative movements took from the balance, positive ones gave back; all are in the currency of the balance. */
    private static DisputeFacts moved(DisputeFacts facts, List<JsonFields> moves, Currencies currencies) {
        String code = moves.get(0).text("currency");
        BigDecimal taken = BigDecimal.ZERO;
        BigDecimal returned = BigDecimal.ZERO;
        BigDecimal charged = BigDecimal.ZERO;
        for (JsonFields move : moves) {
            BigDecimal amount = move.number("amount");
            BigDecimal fee = move.number("fee");
            if (amount == null || code == null || !code.equals(move.text("currency"))) {
                return facts;
            }
            taken = taken.add(amount.negate().max(BigDecimal.ZERO));
            returned = returned.add(amount.max(BigDecimal.ZERO));
            charged = charged.add(fee == null ? BigDecimal.ZERO : fee);
        }
        return facts.withMovements(
                StripeCurrencies.money(taken, code, currencies),
                StripeCurrencies.money(returned, code, currencies),
                StripeCurrencies.money(charged, code, currencies));
    }
}
