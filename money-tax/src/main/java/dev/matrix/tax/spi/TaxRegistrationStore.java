package dev.matrix.tax.spi;

import dev.matrix.core.spi.Tx;
import dev.matrix.tax.TaxRegistration;
import java.util.List;

/** Where sellers are registered. */
public interface TaxRegistrationStore {

    /** A seller's registrations, by jurisdiction, scheme and first day. */
    List<TaxRegistration> list(Tx tx, String sellerId);

    /** Adds one, or replaces the one of equal jurisdiction, scheme and first day. */
    void put(Tx tx, String sellerId, TaxRegistration registration);

    /** Puts these, no two of equal jurisdiction, scheme and first day, in the place of all of a seller's. */
    void replace(Tx tx, String sellerId, List<TaxRegistration> registrations);
}
