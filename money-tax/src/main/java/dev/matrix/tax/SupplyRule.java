package dev.matrix.tax;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a sale from abroad to one kind of buyer in a country or area.
 *
 * @param types the taxes that it speaks of; all if empty
 * @param proof the tax id's prefix that proves a business, {@code VIES}, or {@code DECLARED}: its word is enough; empty for
 *     consumers
 * @param rateCategory the category whose rate applies to sellers from abroad; null: the product's
 * @param source where it is from, such as the law's article
 * @param validFrom its first day; null: always
 * @param validTo the day after its last; null: open
 */
public record SupplyRule(
        BuyerKind buyer,
        Treatment treatment,
        Set<TaxType> types,
        String proof,
        @Nullable String rateCategory,
        String source,
        Confidence confidence,
        @Nullable LocalDate validFrom,
        @Nullable LocalDate validTo) {

    /** Who owes the tax. */
    public enum Treatment {
        /** The seller, where the buyer is. */
        DESTINATION,
        /** The buyer. */
        REVERSE_CHARGE,
        /** The buyer, unless the seller is registered there. */
        REVERSE_CHARGE_UNLESS_REGISTERED,
        /** Nobody. */
        NOT_SUBJECT
    }

    /** @throws InvalidRequestException if it names no source, or the proof of a consumer */
    public SupplyRule {
        requireNonNull(buyer, "buyer");
        requireNonNull(treatment, "treatment");
        requireNonNull(confidence, "confidence");
        types = Set.copyOf(types);
        if (source.isBlank()) {
            throw new InvalidRequestException("A supply rule for a " + buyer + " has no source; say where it is from.");
        }
        if (proof.isEmpty() != (buyer == BuyerKind.CONSUMER)) {
            throw new InvalidRequestException("A supply rule for a " + buyer + " has the proof \"" + proof
                    + "\"; a business proves what it is by a tax id's prefix, VIES or DECLARED, a consumer doesn't.");
        }
    }

    /** Sales to consumers are taxed where they are. */
    public static SupplyRule consumers(@Nullable LocalDate from, String source) {
        return new SupplyRule(
                BuyerKind.CONSUMER, Treatment.DESTINATION, Set.of(), "", null, source, Confidence.SOLID, from, null);
    }

    /** Sales to businesses that prove by a tax id of this prefix what they are. */
    public static SupplyRule businesses(Treatment treatment, String proof, @Nullable LocalDate from, String source) {
        return new SupplyRule(
                BuyerKind.BUSINESS, treatment, Set.of(), proof, null, source, Confidence.SOLID, from, null);
    }

    boolean isInForce(LocalDate day) {
        return SupplyRules.isInForce(validFrom, validTo, day);
    }

    boolean covers(TaxType type) {
        return types.isEmpty() || types.contains(type);
    }
}
