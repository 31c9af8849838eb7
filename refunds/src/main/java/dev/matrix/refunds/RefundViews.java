package dev.matrix.refunds;

import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import dev.matrix.core.wire.ApiName;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What callers see. What only staff may see is null, or empty, for anybody else. */
final class RefundViews {

    static final int LONG = 1_000;

    private RefundViews() {}

    @ApiName("PaymentCapture")
    record CaptureView(
            String id,
            Money amount,
            Instant capturedAt,
            @Nullable Money settled,

            @Describe("The provider's id; for operators.") @Nullable
            String ref) {}

    @ApiName("PaymentLine")
    record LineView(String id, PriceKind kind, Money amount, Money tax) {}

    @Describe("A payment with what is left of it.")
    @ApiName("Payment")
    record PaymentView(
            String id,
            Owner owner,
            String provider,
            Money captured,
            Money refunded,

            @Describe("What refunds have taken that aren't over.")
            Money reserved,

            Money disputed,

            @Describe("What can still be refunded.") Money refundable,

            Money tax,
            Money taxAllocated,
            List<CaptureView> captures,
            List<LineView> lines,
            @Nullable String invoiceId,
            @Nullable String subscriptionId,
            @Nullable String taxReference,
            Instant paidAt,

            @Describe("For operators.") List<Attention> attention) {

        static PaymentView of(RefundablePayment payment, boolean staff) {
            return new PaymentView(
                    payment.id(),
                    payment.owner(),
                    payment.provider(),
                    payment.captured(),
                    payment.refunded(),
                    payment.reserved(),
                    payment.disputed(),
                    payment.refundable(),
                    payment.tax(),
                    payment.taxAllocated(),
                    payment.captures().stream()
                            .map(one -> new CaptureView(
                                    one.id(), one.amount(), one.capturedAt(), one.settled(), staff ? one.ref() : null))
                            .toList(),
                    payment.lines().stream()
                            .map(line -> new LineView(line.id(), line.kind(), line.amount(), line.tax()))
                            .toList(),
                    payment.invoiceId(),
                    payment.subscriptionId(),
                    payment.taxReference(),
                    payment.paidAt(),
                    staff ? payment.attention().stream().sorted().toList() : List.of());
        }
    }

    @ApiName("RefundLeg")
    record LegView(
            String id,
            String captureId,
            String provider,
            Money amount,
            Money tax,
            LegStatus status,

            @Describe("The provider's id; for operators.") @Nullable
            String providerRef,

            @Describe("A number that the customer's bank can search for.") @Length(max = LONG) @Nullable
            String trace,

            @Describe("The provider's reason; for operators.") @Nullable
            String failure,

            @Describe("The provider's words; for operators.") @Length(max = LONG) @Nullable
            String message,

            int attempts) {

        static LegView of(RefundLeg leg, boolean staff) {
            return new LegView(
                    leg.id(),
                    leg.captureId(),
                    leg.provider(),
                    leg.amount(),
                    leg.tax(),
                    leg.status(),
                    staff ? leg.providerRef() : null,
                    leg.trace(),
                    staff ? leg.failure() : null,
                    staff ? leg.message() : null,
                    leg.attempts());
        }
    }

    @Describe("How a prorated amount was found.")
    @ApiName("ProrationExplanation")
    record ExplanationView(
            Proration.Unit unit,
            ZoneId zone,
            Instant start,
            Instant end,
            Instant usedUntil,
            long total,
            long used,
            long unused,
            Money base,
            Money earlier) {

        static @Nullable ExplanationView of(@Nullable ProrationExplanation e) {
            return e == null
                    ? null
                    : new ExplanationView(
                            e.unit(),
                            e.zone(),
                            e.start(),
                            e.end(),
                            e.usedUntil(),
                            e.total(),
                            e.used(),
                            e.unused(),
                            e.base(),
                            e.earlier());
        }
    }

    @Describe("A refund.")
    @ApiName("Refund")
    record RefundView(
            String id,
            String paymentId,
            Owner owner,
            RefundStatus status,
            Money amount,
            Money tax,
            RefundReason reason,

            @Length(max = LONG) @Nullable String note,

            @Describe("For operators.") @Nullable String requestedBy,

            @Nullable ExplanationView proration,
            List<LegView> legs,

            @Describe("Why a person should look at it; for operators.")
            List<Attention> attention,

            Map<String, String> metadata,

            @Describe("Whether it was made at the provider and found there.")
            boolean outside,

            Instant createdAt,

            @Describe("When it starts, or its approval expires.") @Nullable
            Instant dueAt) {

        static RefundView of(Refund refund, boolean staff) {
            RefundReason reason =
                    !staff && refund.reason() == RefundReason.FRAUDULENT ? RefundReason.OTHER : refund.reason();
            return new RefundView(
                    refund.id(),
                    refund.paymentId(),
                    refund.owner(),
                    refund.status(),
                    refund.amount(),
                    refund.tax(),
                    reason,
                    staff ? refund.note() : null,
                    staff ? refund.requestedBy() : null,
                    ExplanationView.of(refund.explanation()),
                    refund.legs().stream().map(leg -> LegView.of(leg, staff)).toList(),
                    staff ? refund.attention().stream().sorted().toList() : List.of(),
                    refund.metadata(),
                    refund.outside(),
                    refund.createdAt(),
                    refund.dueAt());
        }
    }

    @Describe("Something that happened to a refund.")
    @ApiName("RefundHistoryEntry")
    record HistoryView(
            int seq,
            Instant at,
            String event,
            @Nullable String legId,

            @Describe("For operators.") @Nullable String actor,

            @Describe("For operators.") @Length(max = LONG) @Nullable
            String detail) {

        static HistoryView of(RefundHistoryEntry entry, boolean staff) {
            return new HistoryView(
                    entry.seq(),
                    entry.at(),
                    entry.event(),
                    entry.legId(),
                    staff ? entry.actor() : null,
                    staff ? entry.detail() : null);
        }
    }

    @ApiName("QuotedLeg")
    record QuotedLegView(String captureId, String provider, Money amount, Money tax) {}

    @ApiName("QuotedLine")
    record QuotedLineView(String lineId, Money amount, Money tax) {}

    @ApiName("RefundRefusal")
    record RefusalView(RefusalCode code, @Length(max = LONG) String message, Money refundable) {}

    @Describe("What a refund would be.")
    @ApiName("RefundQuote")
    record QuoteView(
            Money amount,
            Money tax,
            Money net,
            List<QuotedLegView> legs,
            List<QuotedLineView> lines,

            @Describe("Why it would be refused; empty: it wouldn't.")
            List<RefusalView> refusals,

            @Nullable ExplanationView proration) {

        static QuoteView of(RefundQuote quote) {
            return new QuoteView(
                    quote.amount(),
                    quote.tax(),
                    quote.net(),
                    quote.legs().stream()
                            .map(leg -> new QuotedLegView(leg.captureId(), leg.provider(), leg.amount(), leg.tax()))
                            .toList(),
                    quote.lines().stream()
                            .map(line -> new QuotedLineView(line.lineId(), line.amount(), line.tax()))
                            .toList(),
                    quote.refusals().stream()
                            .map(no -> new RefusalView(no.code(), no.message(), no.refundable()))
                            .toList(),
                    ExplanationView.of(quote.explanation()));
        }
    }

    @Describe("What a refund provider can do.")
    @ApiName("RefundProvider")
    record ProviderView(
            String name,
            List<String> currencies,
            boolean partial,
            boolean cancellable,

            @Describe("For how long after a capture it can be returned; absent: for ever.") @Nullable
            Duration window) {}

    @Describe("What a customer has to spend.")
    @ApiName("AccountCredit")
    record CreditView(Owner owner, List<Money> balances) {}
}
