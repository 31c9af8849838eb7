package dev.matrix.refunds.paypal;

import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.refunds.DisputeAction;
import dev.matrix.refunds.DisputeStage;
import dev.matrix.refunds.DisputeStatus;
import dev.matrix.refunds.spi.DisputeFacts;
import dev.matrix.refunds.spi.JsonFields;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads disputes as PayPal answers them (developer.paypal.com, Disputes v1). */
final class PayPalDisputeReplies {

    private PayPalDisputeReplies() {}

    /** What PayPal says of a dispute; null where the object is none, or in a currency that isn't known. */
    static @Nullable DisputeFacts facts(JsonFields dispute, Currencies currencies) {
        String id = dispute.text("dispute_id");
        String status = dispute.text("status");
        Money amount = PayPalReplies.money(dispute.fields("dispute_amount"), currencies);
        Instant opened = PayPalNotifications.instant(dispute.text("create_time"));
        if (id == null || status == null || amount == null || opened == null) {
            return null;
        }
        List<JsonFields> transactions = dispute.list("disputed_transactions");
        String capture = transactions.isEmpty() ? null : transactions.get(0).text("seller_transaction_id");
        Set<DisputeAction> actions = actions(dispute, status);
        Movements moves = Movements.of(dispute, currencies);
        String outcome = dispute.text("dispute_outcome", "outcome_code");
        DisputeStatus read = status(status, outcome, actions, moves);
        String reason = dispute.text("reason");
        Instant due = PayPalNotifications.instant(dispute.text("seller_response_due_date"));
        return DisputeFacts.of(id, amount, reason == null ? "OTHER" : reason, opened)
                .withCapture(capture)
                .withStatus(
                        stage(dispute.text("dispute_life_cycle_stage")),
                        read,
                        outcome == null ? status : status + ": " + outcome)
                .withResponse(due, read == DisputeStatus.NEEDS_RESPONSE ? actions : Set.of(), hasEvidence(dispute))
                .withMovements(moves.taken(), moves.returned(), moves.fee());
    }

    private static DisputeStage stage(@Nullable String word) {
        return switch (word == null ? "" : word) {
            case "INQUIRY" -> DisputeStage.INQUIRY;
            case "PRE_ARBITRATION" -> DisputeStage.PRE_ARBITRATION;
            case "ARBITRATION" -> DisputeStage.ARBITRATION;
            default -> DisputeStage.CHARGEBACK;
        };
    }

    private static Set<DisputeAction> actions(JsonFields dispute, String status) {
        Set<DisputeAction> actions = EnumSet.noneOf(DisputeAction.class);
        if (dispute.has("allowed_response_options", "accept_claim")) {
            actions.add(DisputeAction.ACCEPT);
        }
        if (dispute.texts("allowed_response_options", "make_offer", "offer_types")
                .contains("REFUND")) {
            actions.add(DisputeAction.OFFER);
        }
        boolean linked = dispute.list("links").stream()
                .anyMatch(link -> link.text("href") != null
                        && String.valueOf(link.text("href")).endsWith("/provide-evidence"));
        if (linked || status.equals("WAITING_FOR_SELLER_RESPONSE")) {
            actions.add(DisputeAction.SUBMIT_EVIDENCE);
        }
        return actions;
    }

    private static boolean hasEvidence(JsonFields dispute) {
        return dispute.list("evidences").stream().anyMatch(one -> "SUBMITTED_BY_SELLER".equals(one.text("source")));
    }

    private static DisputeStatus status(
            String word, @Nullable String outcome, Set<DisputeAction> actions, Movements moves) {
        return switch (word) {
            case "WAITING_FOR_SELLER_RESPONSE" -> DisputeStatus.NEEDS_RESPONSE;
            case "OPEN" -> actions.isEmpty() ? DisputeStatus.UNDER_REVIEW : DisputeStatus.NEEDS_RESPONSE;
            case "WAITING_FOR_BUYER_RESPONSE", "UNDER_REVIEW" -> DisputeStatus.UNDER_REVIEW;
            case "RESOLVED" -> outcome(outcome, moves);
            default -> DisputeStatus.UNRECOGNISED;
        };
    }

    /** With a payout, who paid tells: PayPal may have paid the buyer out of its own pocket. */
    private static DisputeStatus outcome(@Nullable String code, Movements moves) {
        return switch (code == null ? "" : code) {
            case "RESOLVED_BUYER_FAVOUR" -> DisputeStatus.LOST;
            case "RESOLVED_SELLER_FAVOUR" -> DisputeStatus.WON;
            case "CANCELED_BY_BUYER" -> DisputeStatus.CANCELLED;
            case "RESOLVED_WITH_PAYOUT" -> moves.sellerPaid() ? DisputeStatus.LOST : DisputeStatus.WON;
            default -> DisputeStatus.UNRECOGNISED;
        };
    }

    /** What moved on the seller's side; null where PayPal reports nothing. */
    private record Movements(
            @Nullable Money taken,
            @Nullable Money returned,
            @Nullable Money fee) {

        static Movements of(JsonFields dispute, Currencies currencies) {
            Money taken = null;
            Money returned = null;
            Money fee = null;
            for (JsonFields move : dispute.list("money_movements")) {
                Money amount = PayPalReplies.money(move.fields("amount"), currencies);
                boolean sellers = "SELLER".equals(move.text("affected_party"));
                if (!sellers
                        || amount == null
                        || (taken != null && !taken.currency().equals(amount.currency()))) {
                    continue;
                }
                Money zero = Money.zero(amount.currency());
                taken = taken == null ? zero : taken;
                returned = returned == null ? zero : returned;
                fee = fee == null ? zero : fee;
                boolean debit = "DEBIT".equals(move.text("type"));
                if ("DISPUTE_FEE".equals(move.text("reason"))) {
                    fee = debit ? fee.plus(amount) : fee.minus(amount);
                } else if (debit) {
                    taken = taken.plus(amount);
                } else {
                    returned = returned.plus(amount);
                }
            }
            return new Movements(taken, returned, fee);
        }

        boolean sellerPaid() {
            return taken != null && returned != null && taken.compareTo(returned) > 0;
        }
    }
}
