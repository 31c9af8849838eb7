package dev.matrix.tax;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Certificates of exemption: PENDING → ACTIVE or REJECTED, ACTIVE → REVOKED from a day; expiry is derived. Each change
 * publishes {@code tax.exemption_changed}. Of several that free one sale, the one that frees most counts. Thread-safe.
 */
public interface TaxExemptions {

    /** Adds one as PENDING; returns it with its id, {@code txe_…}. */
    TaxExemption add(TaxExemption exemption);

    /** As {@link #add(TaxExemption)}, in the caller's transaction. */
    TaxExemption add(Tx tx, TaxExemption exemption);

    /**
     * Makes a PENDING one count.
     *
     * @throws dev.matrix.core.NotFoundException if there is none
     * @throws dev.matrix.core.ConflictException if it isn't PENDING
     */
    TaxExemption activate(String id);

    /** As {@link #activate(String)}, in the caller's transaction. */
    TaxExemption activate(Tx tx, String id);

    /** Rejects a PENDING one; errors as of {@link #activate(String)}. */
    TaxExemption reject(String id);

    /** As {@link #reject(String)}, in the caller's transaction. */
    TaxExemption reject(Tx tx, String id);

    /** Ends an ACTIVE one from a day on; what was committed stays as it is. */
    TaxExemption revoke(String id, LocalDate from);

    /** As {@link #revoke(String, LocalDate)}, in the caller's transaction. */
    TaxExemption revoke(Tx tx, String id, LocalDate from);

    /** The one of that id, whatever its status. */
    Optional<TaxExemption> find(String id);

    /** As {@link #find(String)}, in the caller's transaction. */
    Optional<TaxExemption> find(Tx tx, String id);

    /**
     * In the order they were added.
     *
     * @param holder null: of all
     */
    Page<TaxExemption> page(@Nullable Owner holder, PageRequest page);

    /**
     * Those whose last day is before a day, in the order they were added.
     *
     * @param holder null: of all
     */
    Page<TaxExemption> expiring(@Nullable Owner holder, LocalDate before, PageRequest page);
}
