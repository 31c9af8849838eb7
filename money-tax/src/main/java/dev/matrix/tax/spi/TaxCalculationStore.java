package dev.matrix.tax.spi;

import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.Optional;

/** Calculations that are kept for a day until they are committed. */
public interface TaxCalculationStore {

    void insert(Tx tx, String id, String json, Instant expiresAt);

    /** Empty where there is none, or it has expired. */
    Optional<String> find(Tx tx, String id, Instant now);

    /** Deletes at most so many expired ones, and tells how many. */
    int purge(Tx tx, Instant now, int limit);
}
