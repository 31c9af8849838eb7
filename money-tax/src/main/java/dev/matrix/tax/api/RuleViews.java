package dev.matrix.tax.api;

import dev.matrix.core.wire.ApiName;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Pattern;
import dev.matrix.core.wire.Range;
import dev.matrix.core.wire.Size;
import dev.matrix.tax.BuyerKind;
import dev.matrix.tax.Confidence;
import dev.matrix.tax.ProductCategory;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.TaxReason;
import dev.matrix.tax.TaxRegistration;
import dev.matrix.tax.TaxRule;
import dev.matrix.tax.TaxScheme;
import dev.matrix.tax.TaxThreshold;
import dev.matrix.tax.TaxType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests and replies on rates, registrations and filings. */
final class RuleViews {

    private RuleViews() {}

    record RateSearch(
            @Describe("ISO 3166-1; what lies within it, too.") @Pattern("[A-Z]{2}") @Nullable
            String country,

            @Describe("The part behind the dash, such as TX.") @Pattern("[A-Z0-9-]{1,40}") @Nullable
            String region,

            @Length(min = 1, max = 64) @Pattern(TaxRequests.CATEGORY) @Nullable
            String category,

            @Describe("Those that hold on it.") @Nullable LocalDate date,
            @Default("20") @Range(min = 1, max = 100) int limit,
            @Nullable @Length(max = 512) String cursor) {}

    record CreateRate(
            @Describe("Such as DE, US-TX or CA-QC.") @Length(min = 2, max = 43)
            String jurisdiction,

            TaxType type,

            @Length(min = 1, max = 64) @Pattern(TaxRequests.CATEGORY)
            String category,

            @Describe("Absent: either kind.") @Nullable BuyerKind buyer,

            @Describe("For reasons with a rate.") @Nullable BigDecimal ratePercent,

            @Describe("How much of the price is taxed: above 0 to 1.") @Default("1")
            BigDecimal fraction,

            @Describe("Taxes of a higher order are compounded on lower ones.") @Default("0") @Range(min = 0, max = 9)
            int order,

            @Describe("The highest that holds wins; shipped rules have 0.")
            @Default("" + TaxRule.HOST_PRIORITY)
            @Range(min = 0, max = 1_000_000)
            int priority,

            LocalDate validFrom,

            @Describe("The day after the last; absent: open.") @Nullable
            LocalDate validTo,

            @Describe("Where it is from.") @Length(min = 1, max = TaxRequests.LONGEST_TEXT)
            String source,

            @Default("solid") Confidence confidence,
            @Default("standard") TaxReason reason,

            @Describe("EN 16931's code of an exemption.") @Length(max = 64) @Nullable
            String vatexCode,

            @Describe("Text of an exemption.") @Length(max = TaxRequests.LONGEST_TEXT) @Nullable
            String legalNote) {

        TaxRule rule() {
            return new TaxRule(
                    "",
                    jurisdiction,
                    type,
                    new ProductCategory(category),
                    buyer,
                    ratePercent,
                    fraction,
                    order,
                    priority,
                    validFrom,
                    validTo,
                    null,
                    null,
                    source,
                    confidence,
                    reason,
                    vatexCode,
                    legalNote);
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

    record RegistrationsOf(@Length(min = 1, max = 64) String sellerId) {}

    @ApiName("TaxRegistrationInput")
    record Registration(
            @Describe("Such as DE, US-TX, CA-QC; EU for the one-stop shops.") @Length(min = 2, max = 43)
            String jurisdiction,

            @Default("local") TaxScheme scheme,

            @Describe("The seller's id there, with its prefix.") @Length(min = 3, max = 128) @Nullable
            String taxId,

            LocalDate from,

            @Describe("The last day; absent: open.") @Nullable
            LocalDate to) {

        TaxRegistration registration() {
            return new TaxRegistration(jurisdiction, scheme, taxId == null ? null : TaxId.parse(taxId), from, to);
        }
    }

    record ReplaceRegistrations(
            @Length(min = 1, max = 64) String sellerId,
            @Size(max = 500) List<Registration> registrations) {}

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

    record Thresholds() {}

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

    record SummaryOf(
            @Length(min = 1, max = 64) String sellerId,
            @Describe("The first tax date.") LocalDate from,
            @Describe("The last tax date, inclusive.") LocalDate to) {}
}
