package dev.matrix.refunds;

import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Examples of requests and replies, one story: 119.00 EUR captured, 39.67 EUR of it refunded. */
final class RefundExamples {

    static final Instant AT = Instant.parse("2026-11-01T09:00:00Z");
    static final Owner OWNER = Owner.user("u_42");

    static final RefundRequests.CreatePayment PAYMENT = new RefundRequests.CreatePayment(
            "pay_2",
            OWNER,
            "manual",
            List.of(new RefundRequests.CaptureBody(null, "ch_9", eur("119.00"), AT, null, null)),
            eur("19.00"),
            "inv_1",
            "inv_1",
            null,
            null,
            null);

    static final RefundViews.PaymentView PAID = new RefundViews.PaymentView(
            "pay_1",
            OWNER,
            "manual",
            eur("119.00"),
            eur("0.00"),
            eur("39.67"),
            eur("0.00"),
            eur("79.33"),
            eur("19.00"),
            eur("6.33"),
            List.of(new RefundViews.CaptureView("cap_1", eur("119.00"), AT, null, "ch_1")),
            List.of(),
            "inv_1",
            null,
            "inv_1",
            AT,
            List.of());

    static final RefundRequests.CreateCapture CAPTURE =
            new RefundRequests.CreateCapture("pay_1", "ch_2", eur("11.90"), AT, null, null);

    static final RefundRequests.CreateRefund PARTIAL = new RefundRequests.CreateRefund(
            "pay_1",
            RefundReason.CUSTOMER_REQUEST,
            eur("39.67"),
            null,
            null,
            "Cancelled early.",
            null,
            null,
            null,
            null,
            null,
            null);

    static final RefundViews.RefundView REFUND = refund(RefundStatus.PENDING_APPROVAL, LegStatus.QUEUED);
    static final RefundViews.RefundView QUEUED = refund(RefundStatus.QUEUED, LegStatus.QUEUED);
    static final RefundViews.RefundView REJECTED = refund(RefundStatus.REJECTED, LegStatus.CANCELLED);
    static final RefundViews.RefundView CANCELLED = refund(RefundStatus.CANCELLED, LegStatus.CANCELLED);
    static final RefundViews.RefundView PAID_BACK = refund(RefundStatus.SUCCEEDED, LegStatus.SUCCEEDED);

    static final RefundViews.QuoteView QUOTE = new RefundViews.QuoteView(
            eur("39.67"),
            eur("6.33"),
            eur("33.34"),
            List.of(new RefundViews.QuotedLegView("cap_1", "manual", eur("39.67"), eur("6.33"))),
            List.of(),
            List.of(),
            null);

    static final RefundViews.HistoryView REQUESTED =
            new RefundViews.HistoryView(1, AT, "requested", null, "key_1", "pending_approval");

    static final RefundViews.ProviderView MANUAL = new RefundViews.ProviderView("manual", List.of(), true, false, null);

    static final DisputeRequests.CreateDispute DISPUTED = new DisputeRequests.CreateDispute(
            "pay_1", "du_7", eur("50.00"), "fraudulent", AT.plusSeconds(864_000), null, null, null, null);

    static final DisputeViews.DisputeView DISPUTE = new DisputeViews.DisputeView(
            "dsp_1",
            OWNER,
            "pay_1",
            "cap_1",
            "manual",
            "du_7",
            DisputeStage.CHARGEBACK,
            DisputeStatus.NEEDS_RESPONSE,
            "needs_response",
            eur("50.00"),
            null,
            null,
            null,
            "fraudulent",
            AT.plusSeconds(864_000),
            true,
            List.of(),
            Dispute.EvidenceState.NONE,
            null,
            List.of(),
            AT);

    static final DisputeRequests.SaveEvidence EVIDENCE = new DisputeRequests.SaveEvidence(
            "dsp_1", Map.of("product_description", "A year of hosting, used daily."), null, false);

    private RefundExamples() {}

    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    private static RefundViews.RefundView refund(RefundStatus status, LegStatus leg) {
        return new RefundViews.RefundView(
                "ref_1",
                "pay_1",
                OWNER,
                status,
                eur("39.67"),
                eur("6.33"),
                RefundReason.CUSTOMER_REQUEST,
                "Cancelled early.",
                "key_1",
                null,
                List.of(new RefundViews.LegView(
                        "rfl_1", "cap_1", "manual", eur("39.67"), eur("6.33"), leg, null, null, null, null, 0)),
                List.of(),
                Map.of(),
                false,
                AT,
                null);
    }
}
