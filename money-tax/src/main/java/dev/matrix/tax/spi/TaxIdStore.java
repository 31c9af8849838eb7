package dev.matrix.tax.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.TaxId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What registers said of tax ids, and who watches which. Isolation is READ COMMITTED; a guarded write waits for the row
 * and re-checks its condition on what it finds.
 */
public interface TaxIdStore {

    /** The id's row. */
    Optional<TaxIdRow> find(Tx tx, TaxId id);

    /** Adds the row unless the id has one; then waits for a transaction that is adding it, and returns false. */
    boolean insert(Tx tx, TaxIdRow row);

    /**
     * Changes the row only if its version still is {@code row.version()}, and raises that by one; else returns false.
     */
    boolean replaceIfVersion(Tx tx, TaxIdRow row);

    /** Up to {@code limit} rows of these prefixes that are due at {@code now}, the longest due first. */
    List<TaxIdRow> due(Tx tx, Instant now, Collection<String> prefixes, int limit);

    /** When the next row of these prefixes is or was due; empty where none will be. */
    Optional<Instant> nextDue(Tx tx, Collection<String> prefixes);

    /** Adds a watch; false where the owner watches the id already. */
    boolean watch(Tx tx, TaxId id, Owner owner);

    /** Ends a watch; false where there is none. */
    boolean unwatch(Tx tx, TaxId id, Owner owner);

    /** Ends all watches of an owner; returns how many. */
    int unwatchAll(Tx tx, Owner owner);

    /** Who watches the id, in order. */
    List<Owner> watchers(Tx tx, TaxId id);
}
