package dev.matrix.tax;

import static dev.matrix.tax.TaxRequests.orNone;

import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiProblem;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.core.wire.ApiName;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Pattern;
import dev.matrix.core.wire.Range;
import dev.matrix.core.wire.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What callers of the operations of taxes send. */
final class TaxRequests {

    static final int MOST_ITEMS = 10_000;
    static final int LONGEST_TEXT = 1_000;
    static final String CATEGORY = "[a-z0-9_-]+(\\.[a-z0-9_-]+)*";

    private TaxRequests() {}

    static <T> List<T> orNone(@Nullable List<T> given) {
        return given == null ? List.of() : given;
    }

    private static ApiProblem oneOf(String names) {
        return ApiProblem.of(422, "unprocessable", "Name exactly one of " + names + ".");
    }

    private static boolean isOne(@Nullable Object... given) {
        return Stream.of(given).filter(Objects::nonNull).count() == 1;
    }

    @Describe("Who buys.")
    @ApiName("TaxBuyer")
    record Party(
            @Nullable Owner owner,

            @Describe("What the buyer says to be; a business is believed by its tax id.")
            BuyerKind kind,

            @Nullable Address address,

            @Describe("With their prefixes, such as DE314159262.") @Length(min = 3, max = 128) @Size(max = 20) @Nullable
            List<String> taxIds,

            @Describe("Of where a consumer is.") @Size(max = 20) @Nullable
            List<LocationEvidence> evidence) {

        Buyer buyer(@Nullable Owner known) {
            return new Buyer(
                    known,
                    kind,
                    address,
                    orNone(taxIds).stream().map(TaxId::parse).toList(),
                    orNone(evidence));
        }
    }

    @Describe("One position of a document, or a discount or charge of all of it.")
    @ApiName("TaxItem")
    record Item(
            @Length(min = 1, max = 64) String id,

            @Describe("The whole position's; negative for what is taken off.")
            Money amount,

            @Default("net") AmountKind kind,

            @Describe("What is sold, such as digital.saas.") @Length(min = 1, max = 64) @Pattern(CATEGORY)
            String category,

            @Describe("Whether it is allocated to the other items before tax.") @Default("false")
            boolean spread) {

        TaxedItem item() {
            return new TaxedItem(id, amount, kind, new ProductCategory(category), spread);
        }
    }

    @Describe("A document whose tax is wanted.")
    @ApiName("TaxRequest")
    record Document(
            @Length(min = 1, max = 64) String sellerId,
            @Default("invoice") DocumentKind kind,
            Currency currency,

            @Describe("The day whose rules hold; this or at.") @Nullable
            LocalDate date,

            @Describe("When tax falls due, read in the zone of the place of supply; this or date.") @Nullable
            Instant at,

            Party buyer,
            @Size(min = 1, max = MOST_ITEMS) List<Item> items,

            @Describe("The tax is stated in this currency too.") @Nullable
            Currency taxCurrency,

            @Describe("Rules as they were recorded by then; absent: now.") @Nullable
            Instant knownAt,

            @Describe("An operator's own decisions on items.") @Size(max = MOST_ITEMS) @Nullable
            List<TaxOverride> overrides) {

        TaxRequest request(@Nullable Owner owner) {
            if (!isOne(date, at)) {
                throw oneOf("date and at");
            }
            return new TaxRequest(
                    sellerId,
                    kind,
                    currency,
                    date != null ? TaxPoint.on(date) : TaxPoint.at(Objects.requireNonNull(at)),
                    buyer.buyer(owner),
                    items.stream().map(Item::item).toList(),
                    taxCurrency,
                    knownAt,
                    orNone(overrides));
        }
    }

    record CreateTransaction(
            @Describe("A kept calculation; this or request.") @Nullable
            String calculationId,

            @Describe("The document itself; this or calculationId.") @Nullable
            Document request,

            @Describe("Yours, such as an invoice's number; unique for the seller, so that repeating the call is safe.")
            @Length(min = 1, max = 128)
            String reference) {

        CreateTransaction {
            if (!isOne(calculationId, request)) {
                throw oneOf("calculationId and request");
            }
        }
    }

    record TransactionId(String id) {}

    record TransactionSearch(
            @Length(min = 1, max = 64) String sellerId,

            @Describe("Whose purchases; an operator may leave it out.") @Nullable
            Owner owner,

            @Default("20") @Range(min = 1, max = 100) int limit,
            @Nullable @Length(max = 512) String cursor) {}

    @ApiName("TaxReversalLine")
    record LinePart(@Length(min = 1, max = 64) String id, Money gross) {}

    record Reverse(
            String id,

            @Describe("Yours, unique among the seller's reversals, so that repeating the call is safe.")
            @Length(min = 1, max = 128)
            String reference,

            @Describe("All that is left; this, lines or gross.") @Nullable
            Boolean full,

            @Describe("These amounts of these lines.") @Size(min = 1, max = MOST_ITEMS) @Nullable
            List<LinePart> lines,

            @Describe("An amount, allocated by what is left of the lines.") @Nullable
            Money gross) {

        Reverse {
            if (!isOne(Boolean.FALSE.equals(full) ? null : full, lines, gross)) {
                throw oneOf("full, lines and gross");
            }
        }

        Reversal reversal() {
            if (gross != null) {
                return new Reversal.Flat(reference, gross);
            }
            if (lines == null) {
                return new Reversal.Full(reference);
            }
            Map<String, Money> parts = new LinkedHashMap<>();
            for (LinePart part : lines) {
                if (parts.put(part.id(), part.gross()) != null) {
                    throw ApiProblem.of(422, "unprocessable", "Line " + part.id() + " is named twice; name it once.");
                }
            }
            return new Reversal.Lines(reference, parts);
        }
    }

    record RateSearch(
            @Describe("ISO 3166-1; what lies within it, too.") @Pattern("[A-Za-z]{2}") @Nullable
            String country,

            @Describe("The part behind the dash, such as TX.") @Pattern("[A-Za-z0-9-]{1,40}") @Nullable
            String region,

            @Length(min = 1, max = 64) @Pattern(CATEGORY) @Nullable
            String category,

            @Describe("Those that hold on it.") @Nullable LocalDate date,
            @Default("20") @Range(min = 1, max = 100) int limit,
            @Nullable @Length(max = 512) String cursor) {}

    record CreateRate(
            @Describe("Such as DE, US-TX or CA-QC.") @Length(min = 2, max = 43)
            String jurisdiction,

            TaxType type,

            @Length(min = 1, max = 64) @Pattern(CATEGORY) String category,

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

            @Describe("Where it is from.") @Length(min = 1, max = LONGEST_TEXT)
            String source,

            @Default("solid") Confidence confidence,
            @Default("standard") TaxReason reason,

            @Describe("EN 16931's code of an exemption.") @Length(max = 64) @Nullable
            String vatexCode,

            @Describe("Text of an exemption.") @Length(max = LONGEST_TEXT) @Nullable
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

    record Thresholds() {}

    record SummaryOf(
            @Length(min = 1, max = 64) String sellerId,
            @Describe("The first tax date.") LocalDate from,
            @Describe("The last tax date, inclusive.") LocalDate to) {}

    record CreateExemption(
            @Nullable Owner owner,

            @Describe("The certificate's own.") @Length(min = 1, max = 128)
            String number,

            @Describe("Text for invoices.") @Length(min = 1, max = LONGEST_TEXT)
            String reason,

            @Describe("Of tax; absent: all.") @Nullable Set<TaxType> types,

            @Describe("And what lies within them, such as US-CA; absent: all.") @Length(min = 2, max = 64) @Nullable
            List<String> jurisdictions,

            @Describe("And those below them; absent: all.") @Length(min = 1, max = 64) @Pattern(CATEGORY) @Nullable
            List<String> categories,

            @Describe("How much of the base it frees: above 0 to 100.") @Default("100")
            BigDecimal percent,

            LocalDate from,

            @Describe("The last day; absent: open.") @Nullable
            LocalDate to,

            @Describe("Where its copy is kept.") @Length(max = LONGEST_TEXT) @Nullable
            String document) {}

    record ExemptionSearch(
            @Nullable Owner owner,

            @Describe("Those whose last day is before this one.") @Nullable
            LocalDate expiringBefore,

            @Default("20") @Range(min = 1, max = 100) int limit,
            @Nullable @Length(max = 512) String cursor) {}

    record ExemptionId(String id) {}

    record RevokeExemption(
            String id,

            @Describe("The first day on which it no longer counts.")
            LocalDate from) {}

    record Validate(
            @Describe("As written, with its prefix unless the country is named.") @Length(min = 1, max = 128)
            String taxId,

            @Describe("ISO 3166-1, or the VAT prefix.") @Pattern("[A-Za-z]{2}") @Nullable
            String country,

            @Describe("Whether the register is asked where its answer isn't known; else form, check digits and known"
                    + " answers.")
            @Default("false")
            boolean online) {}
}
