package dev.matrix.tax;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One row of law. Rows are never edited: a correction supersedes.
 *
 * @param id unique; made by {@link TaxRates#add} where blank
 * @param category the product category it holds for, and those below it
 * @param buyer null: either kind
 * @param ratePercent null for reasons without a rate
 * @param fraction how much of the price is taxed, above 0 to 1
 * @param order taxes of a higher order are compounded on lower ones; 0 by default
 * @param priority the highest that holds wins, of equal ones the one with the later first day, of one day the one recorded last;
 *     shipped rules have 0, a host's 100 by default
 * @param validFrom first day; null: in force, start unknown
 * @param validTo the day after the last; null: open
 * @param recordedAt when it was entered; null: always known
 * @param supersededAt when another took its place; null: it stands
 * @param source where it is from; not blank
 * @param reason STANDARD, REDUCED, ZERO_RATED, SPLIT_PAYMENT, EXEMPT_PRODUCT or OUT_OF_SCOPE
 * @param vatexCode EN 16931's code of an exemption; null: none
 * @param legalNote text of an exemption; null: none
 */
public record TaxRule(
        String id,
        String jurisdiction,
        TaxType type,
        ProductCategory category,
        @Nullable BuyerKind buyer,
        @Nullable BigDecimal ratePercent,
        BigDecimal fraction,
        int order,
        int priority,
        @Nullable LocalDate validFrom,
        @Nullable LocalDate validTo,
        @Nullable Instant recordedAt,
        @Nullable Instant supersededAt,
        String source,
        Confidence confidence,
        TaxReason reason,
        @Nullable String vatexCode,
        @Nullable String legalNote) {

    /** A host's rules outrank the shipped ones by this. */
    public static final int HOST_PRIORITY = 100;

    /** @throws InvalidRequestException if a part contradicts another */
    public TaxRule {
        requireNonNull(id, "id");
        jurisdiction = Jurisdictions.check(jurisdiction);
        requireNonNull(type, "type");
        requireNonNull(category, "category");
        requireNonNull(confidence, "confidence");
        String what = "The rule " + jurisdiction + " " + type + " " + category.name();
        if (source.isBlank()) {
            throw new InvalidRequestException(what + " has no source; say where it is from.");
        }
        boolean legal = reason.hasRate() || reason == TaxReason.EXEMPT_PRODUCT || reason == TaxReason.OUT_OF_SCOPE;
        if (!legal || reason.hasRate() != (ratePercent != null)) {
            throw new InvalidRequestException(what + " by " + reason + " needs "
                    + (legal && reason.hasRate() ? "a" : "no") + " rate, and one of the reasons that a rule may have.");
        }
        if (ratePercent != null
                && (ratePercent.signum() < 0 || (ratePercent.signum() == 0 && reason != TaxReason.ZERO_RATED))) {
            throw new InvalidRequestException(what + " has the rate " + ratePercent
                    + "; a rate is above 0, or 0 by ZERO_RATED: what isn't taxed has a reason without a rate.");
        }
        if (fraction.signum() <= 0 || fraction.compareTo(BigDecimal.ONE) > 0) {
            throw new InvalidRequestException(what + " taxes the fraction " + fraction + "; above 0 to 1 is possible.");
        }
        if (validFrom != null && validTo != null && !validFrom.isBefore(validTo)) {
            throw new InvalidRequestException(what + " ends on " + validTo + ", which is not after " + validFrom + ".");
        }
    }

    /** A host's rule of a rate in force from a day on; SOLID, with {@link #HOST_PRIORITY}. */
    public static TaxRule of(
            String jurisdiction,
            TaxType type,
            ProductCategory category,
            String ratePercent,
            LocalDate validFrom,
            String source) {
        return new TaxRule(
                "",
                jurisdiction,
                type,
                category,
                null,
                new BigDecimal(ratePercent),
                BigDecimal.ONE,
                0,
                HOST_PRIORITY,
                validFrom,
                null,
                null,
                null,
                source,
                Confidence.SOLID,
                TaxReason.STANDARD,
                null,
                null);
    }

    /** This rule as entered under an id. */
    TaxRule recorded(String newId, Instant now) {
        return copy(newId, now, null);
    }

    /** This rule, no longer standing. */
    public TaxRule superseded(Instant at) {
        return copy(id, recordedAt, at);
    }

    private TaxRule copy(String newId, @Nullable Instant newRecordedAt, @Nullable Instant newSupersededAt) {
        return new TaxRule(
                newId,
                jurisdiction,
                type,
                category,
                buyer,
                ratePercent,
                fraction,
                order,
                priority,
                validFrom,
                validTo,
                newRecordedAt,
                newSupersededAt,
                source,
                confidence,
                reason,
                vatexCode,
                legalNote);
    }

    boolean holds(LocalDate day, @Nullable Instant knownAt, @Nullable BuyerKind kind) {
        return (validFrom == null || !validFrom.isAfter(day))
                && (validTo == null || validTo.isAfter(day))
                && (buyer == null || kind == null || buyer == kind)
                && isKnown(knownAt);
    }

    private boolean isKnown(@Nullable Instant knownAt) {
        if (knownAt == null) {
            return supersededAt == null;
        }
        return (recordedAt == null || !recordedAt.isAfter(knownAt))
                && (supersededAt == null || supersededAt.isAfter(knownAt));
    }
}
