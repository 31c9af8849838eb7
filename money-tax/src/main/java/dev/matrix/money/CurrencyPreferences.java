package dev.matrix.money;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.money.Currency;
import dev.matrix.core.spi.Tx;
import dev.matrix.money.spi.CurrencyPreferenceStore;
import java.util.Optional;

/** Which currency owners are billed in. Thread-safe. */
public interface CurrencyPreferences {

    /** Preferences over a Matrix's stores; USD where nobody prefers anything. */
    static CurrencyPreferences on(Matrix matrix) {
        return on(matrix, matrix.currencies().get("USD"));
    }

    /** Preferences over a Matrix's stores; {@code hostDefault} where nobody prefers anything. */
    static CurrencyPreferences on(Matrix matrix, Currency hostDefault) {
        return new StoredPreferences(
                matrix.transactions(),
                matrix.currencies(),
                matrix.events(),
                matrix.stores().get(CurrencyPreferenceStore.class),
                hostDefault);
    }

    /** The owner's preference, if it has one. */
    Optional<CurrencyPreference> find(Owner owner);

    /**
     * Stores a preference and tells it as {@code currency_preference.changed}.
     *
     * @param version the version that is to be replaced; 0: there is none yet
     * @return what is stored, with its new version
     * @throws dev.matrix.core.ConflictException if another version is stored
     * @throws dev.matrix.core.InvalidRequestException if the Matrix doesn't know the currency
     */
    CurrencyPreference put(CurrencyPreference preference, long version);

    /** As {@link #put(CurrencyPreference, long)}, in the caller's transaction. */
    CurrencyPreference put(Tx tx, CurrencyPreference preference, long version);

    /**
     * Erases an owner's preference, in the caller's transaction, as part of the host's answer to a person's request; no law asks to keep
     * it. Returns whether there was one.
     */
    boolean erase(Tx tx, Owner owner);

    /** The currency of the first of these owners that has a preference, else the host's default. */
    Currency resolve(Owner... owners);

    /** Its operations, for an {@link dev.matrix.core.api.ApiDispatcher}. */
    ApiModule api();
}
