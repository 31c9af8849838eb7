package dev.matrix.money.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.util.Collection;
import java.util.List;

/** Which currency owners are billed in. */
public interface CurrencyPreferenceStore {

    /** The preferences of these owners, in any order; owners without one are left out. One read. */
    List<PreferenceRow> find(Tx tx, Collection<Owner> owners);

    /** Adds a preference; false if the owner has one, waiting for an open transaction that adds it. */
    boolean insert(Tx tx, PreferenceRow row);

    /** Replaces a preference if its version is {@code row.version() - 1}; else returns false. */
    boolean replaceIfVersion(Tx tx, PreferenceRow row);

    /** Deletes a preference; false where there is none. */
    boolean delete(Tx tx, Owner owner);
}
