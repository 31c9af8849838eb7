package dev.matrix.tax;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * That a seller is registered for tax.
 *
 * @param jurisdiction {@code DE}, {@code EU} for the one-stop shops, {@code US-TX}, {@code CA} for GST and HST, {@code CA-QC}
 * @param taxId the seller's id there; null: none
 * @param from first day
 * @param to last day, inclusive; null: open
 */
public record TaxRegistration(
        String jurisdiction,
        TaxScheme scheme,
        @Nullable TaxId taxId,
        LocalDate from,
        @Nullable LocalDate to) {

    /** @throws InvalidRequestException if the days are in the wrong order, or the scheme is of another jurisdiction */
    public TaxRegistration {
        jurisdiction = Jurisdictions.check(jurisdiction);
        requireNonNull(scheme, "scheme");
        requireNonNull(from, "from");
        boolean shop = scheme == TaxScheme.UNION_OSS || scheme == TaxScheme.NON_UNION_OSS;
        if (shop != jurisdiction.equals("EU")) {
            throw new InvalidRequestException("A registration by " + scheme + " in " + jurisdiction
                    + " can't be: the one-stop shops' jurisdiction is EU, all others have a country or state.");
        }
        if (to != null && to.isBefore(from)) {
            throw new InvalidRequestException(
                    "The registration in " + jurisdiction + " ends on " + to + ", before " + from + ".");
        }
    }

    /** A local registration from a day on. */
    public static TaxRegistration local(String jurisdiction, @Nullable TaxId taxId, LocalDate from) {
        return new TaxRegistration(jurisdiction, TaxScheme.LOCAL, taxId, from, null);
    }

    /** The Union one-stop shop from a day on. */
    public static TaxRegistration unionOss(LocalDate from) {
        return new TaxRegistration("EU", TaxScheme.UNION_OSS, null, from, null);
    }

    boolean holds(LocalDate day) {
        return !from.isAfter(day) && (to == null || !to.isBefore(day));
    }
}
