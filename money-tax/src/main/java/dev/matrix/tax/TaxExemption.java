package dev.matrix.tax;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.StorableText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that frees a buyer from tax.
 *
 * @param id made when it is added; empty before
 * @param number the certificate's
 * @param reason text for invoices and the trace
 * @param types of tax; empty: all
 * @param jurisdictions and what lies within them; empty: all
 * @param categories and those below them; empty: all
 * @param percent how much of the base it frees, above 0 to 100
 * @param from first day
 * @param to last day, inclusive; null: open
 * @param document where its copy is kept; null: nowhere
 * @param status PENDING when added
 * @param revokedFrom first day on which it no longer counts; null unless revoked
 * @param version raised by each change
 */
public record TaxExemption(
        String id,
        Owner holder,
        String number,
        String reason,
        Set<TaxType> types,
        List<String> jurisdictions,
        List<ProductCategory> categories,
        BigDecimal percent,
        LocalDate from,
        @Nullable LocalDate to,
        @Nullable String document,
        Status status,
        @Nullable LocalDate revokedFrom,
        long version) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Where it stands; expiry is derived from {@code to}. */
    public enum Status {
        PENDING,
        ACTIVE,
        REJECTED,
        REVOKED;

        boolean mayBecome(Status next) {
            return this == PENDING ? next == ACTIVE || next == REJECTED : this == ACTIVE && next == REVOKED;
        }
    }

    /** @throws InvalidRequestException if the percentage or the days are impossible */
    public TaxExemption {
        requireNonNull(holder, "holder");
        requireNonNull(status, "status");
        types = Collections.unmodifiableSet(new TreeSet<>(types));
        jurisdictions = List.copyOf(jurisdictions);
        categories = List.copyOf(categories);
        jurisdictions.forEach(Jurisdictions::check);
        if (number.isBlank() || reason.isBlank()) {
            throw new InvalidRequestException("An exemption has a number and a reason; invoices must state them.");
        }
        StorableText.require(number, "An exemption's number");
        StorableText.require(reason, "An exemption's reason");
        if (percent.signum() <= 0 || percent.compareTo(HUNDRED) > 0) {
            throw new InvalidRequestException(
                    "Exemption " + number + " frees " + percent + " %; above 0 to 100 is possible.");
        }
        if (to != null && to.isBefore(from)) {
            throw new InvalidRequestException("Exemption " + number + " ends on " + to + ", before " + from + ".");
        }
    }

    TaxExemption heldBy(Owner other) {
        return new TaxExemption(
                id,
                other,
                number,
                reason,
                types,
                jurisdictions,
                categories,
                percent,
                from,
                to,
                document,
                status,
                revokedFrom,
                version);
    }

    /** A whole exemption of all products in these jurisdictions, to be added. */
    public static TaxExemption of(
            Owner holder,
            String number,
            String reason,
            LocalDate from,
            @Nullable LocalDate to,
            String... jurisdictions) {
        return new TaxExemption(
                "",
                holder,
                number,
                reason,
                Set.of(),
                List.of(jurisdictions),
                List.of(),
                HUNDRED,
                from,
                to,
                null,
                Status.PENDING,
                null,
                0);
    }

    /** This exemption, freeing a part only. */
    public TaxExemption part(BigDecimal newPercent) {
        return copy(id, categories, newPercent, status, revokedFrom, version);
    }

    /** This exemption, for these categories only. */
    public TaxExemption onlyFor(ProductCategory... only) {
        return copy(id, List.of(only), percent, status, revokedFrom, version);
    }

    TaxExemption stored(String newId) {
        return copy(newId, categories, percent, Status.PENDING, null, 1);
    }

    TaxExemption become(Status next, @Nullable LocalDate revoked) {
        return copy(id, categories, percent, next, revoked, version + 1);
    }

    private TaxExemption copy(
            String newId,
            List<ProductCategory> newCategories,
            BigDecimal newPercent,
            Status newStatus,
            @Nullable LocalDate newRevokedFrom,
            long newVersion) {
        return new TaxExemption(
                newId,
                holder,
                number,
                reason,
                types,
                jurisdictions,
                newCategories,
                newPercent,
                from,
                to,
                document,
                newStatus,
                newRevokedFrom,
                newVersion);
    }

    boolean frees(String jurisdiction, TaxType type, ProductCategory category, LocalDate day) {
        return counts(day)
                && (types.isEmpty() || types.contains(type))
                && (jurisdictions.isEmpty()
                        || jurisdictions.stream().anyMatch(outer -> Jurisdictions.within(jurisdiction, outer)))
                && (categories.isEmpty() || categories.stream().anyMatch(outer -> category.isWithin(outer.name())));
    }

    private boolean counts(LocalDate day) {
        boolean standing = status == Status.ACTIVE
                || (status == Status.REVOKED && revokedFrom != null && day.isBefore(revokedFrom));
        return standing && !from.isAfter(day) && (to == null || !to.isBefore(day));
    }
}
