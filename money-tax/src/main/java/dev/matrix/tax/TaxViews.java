package dev.matrix.tax;

import dev.matrix.core.Owner;
import dev.matrix.core.money.AppliedRate;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.core.wire.ApiName;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Size;
import dev.matrix.tax.TaxReversal.ReversedLine;
import dev.matrix.tax.TaxReversal.ReversedTax;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What callers of the operations of taxes get. */
final class TaxViews {

    static final int MOST_GROUPS = 1_000;

    private TaxViews() {}

    private static @Nullable LocalDate observedOn(TaxCalculation calculation) {
        AppliedRate rate = calculation.taxCurrencyRate();
        return rate == null ? null : rate.observedOn();
    }

    @Describe("The tax of a document, and why it is what it is.")
    @ApiName("TaxCalculation")
    record CalculationView(
            @Describe("To commit it by, until it expires; null if it wasn't kept, as for all but operators.") @Nullable
            String id,

            @Nullable Instant expiresAt,
            @Size(max = TaxRequests.MOST_ITEMS) List<TaxedLine> lines,
            @Size(max = MOST_GROUPS) List<TaxGroup> groups,
            Totals totals,

            @Describe("The day whose rules were applied.") LocalDate taxDate,

            @Describe("The day of the rate into the tax currency.") @Nullable
            LocalDate taxCurrencyRateOn,

            String rulesVersion,
            @Describe("What a person should look at.") Set<Warning> warnings,
            @Size(max = 100_000) @Length(max = 2_000) List<String> trace) {

        static CalculationView of(@Nullable String id, @Nullable Instant expiresAt, TaxCalculation calculation) {
            return new CalculationView(
                    id,
                    expiresAt,
                    calculation.lines(),
                    calculation.groups(),
                    calculation.totals(),
                    calculation.taxDate(),
                    observedOn(calculation),
                    calculation.rulesVersion(),
                    calculation.warnings(),
                    calculation.trace());
        }
    }

    @Describe("What was taken back of a line.")
    @ApiName("ReversedTaxLine")
    record LineView(String id, Money net, Money tax, Money gross) {}

    @Describe("What was taken back of one tax at one rate.")
    @ApiName("ReversedTaxGroup")
    record GroupView(
            String jurisdiction,
            TaxType type,
            @Nullable BigDecimal ratePercent,
            TaxReason reason,
            @Nullable String en16931Category,
            Money base,
            Money tax) {

        private GroupView plus(ReversedTax more) {
            return new GroupView(
                    jurisdiction,
                    type,
                    ratePercent,
                    reason,
                    en16931Category,
                    base.plus(more.base()),
                    tax.plus(more.tax()));
        }
    }

    @Describe("What was taken back of a transaction; negative where an earlier reversal was given back.")
    @ApiName("TaxReversal")
    record ReversalView(
            String id,
            String reference,
            Money net,
            Money tax,
            Money gross,
            @Size(max = TaxRequests.MOST_ITEMS) List<LineView> lines,
            @Size(max = MOST_GROUPS) List<GroupView> groups,

            @Describe("What of the transaction's gross was left after it.")
            Money remaining,

            Instant reversedAt,

            @Describe("The reversal that gave it back; null: it stands.") @Nullable
            String undoneBy) {

        private static ReversalView of(TaxTransaction transaction, TaxReversal reversal, Money remaining) {
            return new ReversalView(
                    reversal.id(),
                    reversal.reference(),
                    reversal.net(),
                    reversal.tax(),
                    reversal.gross(),
                    reversal.lines().stream()
                            .map(line -> new LineView(line.lineId(), line.net(), line.tax(), line.gross()))
                            .toList(),
                    groups(transaction.calculation(), reversal),
                    remaining,
                    reversal.reversedAt(),
                    reversal.undoneBy());
        }

        /** The reversed taxes, summed as the transaction's are grouped. */
        private static List<GroupView> groups(TaxCalculation calculation, TaxReversal reversal) {
            Map<List<Object>, GroupView> groups = new LinkedHashMap<>();
            for (ReversedLine line : reversal.lines()) {
                List<LineTax> taxes = calculation.lines().get(line.lineNo()).taxes();
                for (int i = 0; i < taxes.size(); i++) {
                    LineTax own = taxes.get(i);
                    Money none = Money.zero(own.base().currency());
                    GroupView empty = new GroupView(
                            own.jurisdiction(),
                            own.type(),
                            own.ratePercent(),
                            own.reason(),
                            own.en16931Category(),
                            none,
                            none);
                    ReversedTax part = line.taxes().get(i);
                    groups.merge(key(own), empty.plus(part), (former, added) -> former.plus(part));
                }
            }
            return List.copyOf(groups.values());
        }

        private static List<Object> key(LineTax tax) {
            BigDecimal rate = tax.ratePercent();
            return List.of(
                    tax.jurisdiction(),
                    tax.type(),
                    rate == null ? "" : rate.stripTrailingZeros(),
                    tax.reason(),
                    String.valueOf(tax.en16931Category()));
        }

        /** A transaction's, each with what it left. */
        static List<ReversalView> of(TaxTransaction transaction) {
            List<ReversalView> views = new ArrayList<>();
            Money remaining = transaction.calculation().totals().gross();
            for (TaxReversal reversal : transaction.reversals()) {
                remaining = remaining.minus(reversal.gross());
                views.add(of(transaction, reversal, remaining));
            }
            return views;
        }
    }

    @Describe("Tax that was committed. It stays as it is; reversals stand beside it.")
    @ApiName("TaxTransaction")
    record TransactionView(
            String id,
            String reference,
            String sellerId,
            Owner owner,
            DocumentKind kind,
            Currency currency,
            LocalDate taxDate,
            @Size(max = TaxRequests.MOST_ITEMS) List<TaxedLine> lines,
            @Size(max = MOST_GROUPS) List<TaxGroup> groups,
            Totals totals,

            @Describe("The day of the rate into the tax currency.") @Nullable
            LocalDate taxCurrencyRateOn,

            String rulesVersion,
            Set<Warning> warnings,
            Instant committedAt,

            @Describe("What of its gross is left after all reversals.")
            Money remaining,

            @Size(max = 100_000) List<ReversalView> reversals) {

        static TransactionView of(TaxTransaction transaction) {
            TaxCalculation calculation = transaction.calculation();
            return new TransactionView(
                    transaction.id(),
                    transaction.reference(),
                    transaction.sellerId(),
                    transaction.owner(),
                    calculation.request().kind(),
                    calculation.request().currency(),
                    calculation.taxDate(),
                    calculation.lines(),
                    calculation.groups(),
                    calculation.totals(),
                    observedOn(calculation),
                    calculation.rulesVersion(),
                    calculation.warnings(),
                    transaction.committedAt(),
                    transaction.remaining(),
                    ReversalView.of(transaction));
        }
    }

    @Describe("One row of law.")
    @ApiName("TaxRate")
    record RateView(
            String id,
            String jurisdiction,
            TaxType type,
            String category,
            @Nullable BuyerKind buyer,
            @Nullable BigDecimal ratePercent,
            BigDecimal fraction,
            int order,
            int priority,

            @Describe("Null: in force, start unknown.") @Nullable
            LocalDate validFrom,

            @Nullable LocalDate validTo,

            @Describe("Null: always known.") @Nullable Instant recordedAt,

            @Length(max = TaxRequests.LONGEST_TEXT) String source,
            Confidence confidence,
            TaxReason reason,
            @Nullable String vatexCode,

            @Length(max = TaxRequests.LONGEST_TEXT) @Nullable
            String legalNote) {

        static RateView of(TaxRule rule) {
            return new RateView(
                    rule.id(),
                    rule.jurisdiction(),
                    rule.type(),
                    rule.category().name(),
                    rule.buyer(),
                    rule.ratePercent(),
                    rule.fraction(),
                    rule.order(),
                    rule.priority(),
                    rule.validFrom(),
                    rule.validTo(),
                    rule.recordedAt(),
                    rule.source(),
                    rule.confidence(),
                    rule.reason(),
                    rule.vatexCode(),
                    rule.legalNote());
        }
    }

    @Describe("That a seller is registered for tax.")
    @ApiName("TaxRegistration")
    record RegistrationView(
            String jurisdiction,
            TaxScheme scheme,
            @Nullable String taxId,
            LocalDate from,
            @Nullable LocalDate to,

            @Describe("By the host's wiring; such a one stays when others are replaced.")
            boolean wired) {

        static RegistrationView of(TaxRegistration registration, boolean wired) {
            TaxId id = registration.taxId();
            return new RegistrationView(
                    registration.jurisdiction(),
                    registration.scheme(),
                    id == null ? null : id.text(),
                    registration.from(),
                    registration.to(),
                    wired);
        }
    }

    @Describe("From which turnover a foreign seller registers.")
    @ApiName("TaxThreshold")
    record ThresholdView(
            String id,
            String jurisdiction,

            @Describe("Which turnover it looks at: a jurisdiction's, EU-DISTANCE or WORLD.")
            String counts,

            BigDecimal amount,

            @Describe("Its code; the host need not know the currency.")
            String currency,

            @Describe("Whether it is reached only by more than the amount.")
            boolean above,

            TaxThreshold.Window window,
            @Nullable LocalDate validFrom,
            @Nullable LocalDate validTo,
            String source,
            Confidence confidence) {

        static ThresholdView of(TaxThreshold threshold) {
            return new ThresholdView(
                    threshold.id(),
                    threshold.jurisdiction(),
                    threshold.counts(),
                    threshold.amount().amount(),
                    threshold.amount().currency().code(),
                    threshold.above(),
                    threshold.window(),
                    threshold.validFrom(),
                    threshold.validTo(),
                    threshold.source(),
                    threshold.confidence());
        }
    }

    @Describe("A certificate that frees a buyer from tax.")
    @ApiName("TaxExemption")
    record ExemptionView(
            String id,
            Owner owner,
            String number,
            @Length(max = TaxRequests.LONGEST_TEXT) String reason,
            Set<TaxType> types,
            List<String> jurisdictions,
            List<String> categories,
            BigDecimal percent,
            LocalDate from,
            @Nullable LocalDate to,

            @Length(max = TaxRequests.LONGEST_TEXT) @Nullable
            String document,

            TaxExemption.Status status,

            @Describe("The first day on which it no longer counts.") @Nullable
            LocalDate revokedFrom) {

        static ExemptionView of(TaxExemption exemption) {
            return new ExemptionView(
                    exemption.id(),
                    exemption.holder(),
                    exemption.number(),
                    exemption.reason(),
                    exemption.types(),
                    exemption.jurisdictions(),
                    exemption.categories().stream().map(ProductCategory::name).toList(),
                    exemption.percent(),
                    exemption.from(),
                    exemption.to(),
                    exemption.document(),
                    exemption.status(),
                    exemption.revokedFrom());
        }
    }

    @Describe("What is known of a tax id.")
    @ApiName("TaxIdValidation")
    record ValidationView(
            @Describe("Normalised, with its prefix.") String taxId,
            TaxIdStatus status,

            @Describe("When the register was last asked.") @Nullable
            Instant checkedAt,

            @Describe("The register's own number of its answer, as proof.") @Nullable
            String consultationNumber) {

        static ValidationView of(TaxIdCheck check) {
            return new ValidationView(check.id().text(), check.status(), check.checkedAt(), check.consultationNumber());
        }
    }
}
