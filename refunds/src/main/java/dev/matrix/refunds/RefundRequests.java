package dev.matrix.refunds;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Money;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Range;
import dev.matrix.core.wire.Size;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What callers send. */
final class RefundRequests {

    private RefundRequests() {}

    record CaptureBody(
            @Describe("The capture's id within the payment; one is made if absent.")
            @Length(min = 1, max = 128)
            @Nullable
            String id,

            @Describe("The provider's id of the capture.") @Length(min = 1, max = 255)
            String ref,

            Money amount,
            Instant capturedAt,

            @Describe("What arrived, if in another currency.") @Nullable
            Money settled,

            @Size(max = 20) @Length(max = 500) @Nullable Map<String, String> data) {

        Capture capture() {
            return new Capture(id == null ? "" : id, ref, amount, capturedAt, settled, data == null ? Map.of() : data);
        }
    }

    record PeriodBody(
            Instant start,
            Instant end,
            ZoneId zone,

            @Describe("From when on it is charged for, such as a trial's end; absent: from its start.") @Nullable
            Instant chargeableFrom) {

        ServicePeriod period() {
            return new ServicePeriod(start, end, zone, chargeableFrom == null ? start : chargeableFrom);
        }
    }

    record LineBody(
            @Length(min = 1, max = 128) String id,
            PriceKind kind,

            @Describe("Gross.") Money amount,

            @Describe("Its part of the amount.") Money tax,

            @Describe("What it charges for; absent: the payment's.") @Nullable
            PeriodBody period) {

        PaymentLine line() {
            return new PaymentLine(id, kind, amount, tax, period == null ? null : period.period());
        }
    }

    record CreatePayment(
            @Length(min = 1, max = 128) String id,
            @Nullable Owner owner,

            @Describe("The name of the refund provider that can return it.") @Length(min = 2, max = 32)
            String provider,

            @Size(min = 1, max = 100) List<CaptureBody> captures,

            @Describe("Its part of what was captured; absent: none, or the lines' own.") @Nullable
            Money tax,

            @Describe("The tax transaction behind it.") @Length(max = 255) @Nullable
            String taxReference,

            @Length(max = 128) @Nullable String invoiceId,
            @Length(max = 128) @Nullable String subscriptionId,

            @Describe("They make up what was captured.") @Size(max = 1_000) @Nullable
            List<LineBody> lines,

            @Nullable PeriodBody period) {

        PaymentDraft draft(Owner holder) {
            List<Capture> all = captures.stream().map(CaptureBody::capture).toList();
            PaymentDraft draft = PaymentDraft.of(id, holder, provider, all.get(0));
            for (Capture more : all.subList(1, all.size())) {
                draft = draft.and(more);
            }
            draft = draft.tax(tax == null ? draft.tax() : tax, taxReference).billed(invoiceId, subscriptionId);
            draft = period == null ? draft : draft.period(period.period());
            return lines == null || lines.isEmpty()
                    ? draft
                    : draft.lines(lines.stream().map(LineBody::line).toList());
        }
    }

    record CreateCapture(
            String id,

            @Describe("The provider's id of the capture.") @Length(min = 1, max = 255)
            String ref,

            Money amount,
            Instant capturedAt,

            @Describe("What arrived, if in another currency.") @Nullable
            Money settled,

            @Size(max = 20) @Length(max = 500) @Nullable Map<String, String> data) {

        Capture capture() {
            return new Capture("", ref, amount, capturedAt, settled, data == null ? Map.of() : data);
        }
    }

    record PaymentId(String id) {}

    record ListPayments(
            @Nullable Owner owner,
            @Default("20") @Range(min = 1, max = 100) int limit,
            @Length(max = 512) @Nullable String cursor) {}

    record ProrationBody(
            Proration.Unit unit,

            @Describe("Up to when the service was used.") Instant usedUntil,

            @Describe("How many days a period counts, for fixed_days alone.") @Range(min = 1, max = 366) @Nullable
            Integer days) {

        Proration proration() {
            return new Proration(unit, usedUntil, days == null ? 0 : days);
        }
    }

    /** Not more than one of amount, lines and proration; none of them: all that is left. */
    record CreateRefund(
            @Length(min = 1, max = 128) String paymentId,
            RefundReason reason,
            @Nullable Money amount,

            @Describe("So much of each line, gross, by the line's id.") @Size(min = 1, max = 1_000) @Nullable
            Map<String, Money> lines,

            @Nullable ProrationBody proration,

            @Describe("Required for the reason other.") @Length(min = 1, max = 500) @Nullable
            String note,

            @Describe("The capture to take it from; absent: the oldest first.") @Length(min = 1, max = 128) @Nullable
            String captureId,

            @Describe(
                    "Where it goes, for providers that need to be told, such as an address of a chain; for operators.")
            @Size(min = 1, max = 20)
            @Length(min = 1, max = 500)
            @Nullable
            Map<String, String> destination,

            @Describe("Another provider than the payment's, such as account_credit; for operators.")
            @Length(min = 2, max = 32)
            @Nullable
            String via,

            @Describe("When it starts, up to a year ahead; for operators.") @Nullable
            Instant executeAt,

            @Describe("For the provider; for operators.") @Size(max = 20) @Length(max = 500) @Nullable
            Map<String, String> options,

            @Size(max = 20) @Length(max = 500) @Nullable Map<String, String> metadata) {

        RefundRequest request(String key, String actor) {
            if (Stream.of(amount, lines, proration).filter(Objects::nonNull).count() > 1) {
                throw new InvalidRequestException(
                        "A refund has one of amount, lines and proration, or none of them for all that is left.");
            }
            RefundAmount wanted = amount != null
                    ? new RefundAmount.Exact(amount)
                    : lines != null
                            ? new RefundAmount.ByLines(lines)
                            : proration != null
                                    ? new RefundAmount.Prorated(proration.proration())
                                    : new RefundAmount.Remaining();
            return new RefundRequest(
                    paymentId,
                    wanted,
                    reason,
                    key,
                    note,
                    actor,
                    captureId,
                    destination == null ? null : new RefundDestination(destination),
                    via,
                    executeAt,
                    options == null ? Map.of() : options,
                    metadata == null ? Map.of() : metadata);
        }

        /** What decides for the seller, so that nobody pays himself. */
        boolean needsOperator() {
            return via != null
                    || destination != null
                    || executeAt != null
                    || options != null
                    || reason == RefundReason.FRAUDULENT;
        }
    }

    record RefundId(String id) {}

    record ListRefunds(
            @Nullable Owner owner,
            @Length(max = 128) @Nullable String paymentId,
            @Nullable RefundStatus status,
            @Nullable RefundReason reason,

            @Describe("For operators.") @Nullable Attention attention,

            @Nullable Instant createdFrom,
            @Nullable Instant createdTo,
            @Default("20") @Range(min = 1, max = 100) int limit,
            @Length(max = 512) @Nullable String cursor) {}

    record CreditsOf(
            @Describe("user or partner.") @Length(min = 4, max = 7)
            String ownerType,

            @Length(min = 1, max = 128) String ownerId) {}

    record ListProviders() {}

    record RejectRefund(
            String id, @Length(min = 1, max = 500) @Nullable String note) {}

    /** What a person found out. */
    enum Resolution {
        SUCCEEDED,
        NOT_EXECUTED,
        RESUBMIT,
        RESUBMIT_WITH_NEW_KEY
    }

    record ResolveRefund(
            String id,

            @Describe("The leg; absent: the one that is open, if there is one alone.")
            @Length(min = 1, max = 64)
            @Nullable
            String legId,

            Resolution outcome,

            @Describe("The provider's id of the refund; required where it succeeded.")
            @Length(min = 1, max = 255)
            @Nullable
            String providerRef,

            @Length(min = 1, max = 500) @Nullable String note) {

        LegResolution how() {
            return switch (outcome) {
                case SUCCEEDED -> {
                    if (providerRef == null) {
                        throw new InvalidRequestException("A leg that succeeded is resolved with its providerRef.");
                    }
                    yield new LegResolution.Succeeded(providerRef);
                }
                case NOT_EXECUTED -> new LegResolution.NotExecuted();
                case RESUBMIT -> new LegResolution.Resubmit(false);
                case RESUBMIT_WITH_NEW_KEY -> new LegResolution.Resubmit(true);
            };
        }
    }
}
