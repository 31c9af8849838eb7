package dev.matrix.tax;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.StorableText;
import java.util.ArrayList;
import java.util.List;

/**
 * A seller: where it is established, and what it declares.
 *
 * @param id names it in requests
 * @param establishment where its business is
 * @param registrations known from the start; {@link TaxRegistrations#put} adds more
 * @param declaresBelow100k whether it declares cross-border sales to EU consumers below EUR 100,000, for which one piece of
 *     evidence by a third party suffices (Reg. 282/2011 art. 24b)
 */
public record SellerProfile(
        String id, Address establishment, List<TaxRegistration> registrations, boolean declaresBelow100k) {

    /** @throws InvalidRequestException if the id is blank */
    public SellerProfile {
        requireNonNull(establishment, "establishment");
        registrations = List.copyOf(registrations);
        if (id.isBlank() || id.length() > 64) {
            throw new InvalidRequestException("A seller's id has 1 to 64 characters.");
        }
        StorableText.require(id, "A seller's id");
    }

    static InvalidRequestException unknown(String id) {
        return new InvalidRequestException(
                "Unknown seller \"" + id + "\"; name one that was wired with Taxes.on(matrix).seller(…).");
    }

    /** A seller without registrations. */
    public static SellerProfile of(String id, Address establishment) {
        return new SellerProfile(id, establishment, List.of(), false);
    }

    /** This seller with one registration more. */
    public SellerProfile registered(TaxRegistration registration) {
        List<TaxRegistration> more = new ArrayList<>(registrations);
        more.add(registration);
        return new SellerProfile(id, establishment, more, declaresBelow100k);
    }

    /** This seller, declaring to be below EUR 100,000. */
    public SellerProfile below100k() {
        return new SellerProfile(id, establishment, registrations, true);
    }
}
