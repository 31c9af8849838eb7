package dev.matrix.money;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.payload.CurrencyPreferenceChanged;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import dev.matrix.money.spi.CurrencyPreferenceStore;
import dev.matrix.money.spi.PreferenceRow;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@link CurrencyPreferences} over the stores. */
final class StoredPreferences implements CurrencyPreferences {

    private final Transactions transactions;
    private final Currencies currencies;
    private final EventLog events;
    private final Currency hostDefault;
    private final CurrencyPreferenceStore store;

    StoredPreferences(
            Transactions transactions,
            Currencies currencies,
            EventLog events,
            CurrencyPreferenceStore store,
            Currency hostDefault) {
        this.transactions = transactions;
        this.currencies = currencies;
        this.events = events;
        this.store = store;
        this.hostDefault = hostDefault;
    }

    @Override
    public Optional<CurrencyPreference> find(Owner owner) {
        return read(List.of(owner)).stream().findFirst().map(this::preference);
    }

    private List<PreferenceRow> read(List<Owner> owners) {
        return transactions.returning(tx -> store.find(tx, owners));
    }

    private CurrencyPreference preference(PreferenceRow row) {
        return new CurrencyPreference(row.owner(), currencies.get(row.currency()), row.locale(), row.version());
    }

    @Override
    public CurrencyPreference put(CurrencyPreference preference, long version) {
        return transactions.returning(tx -> put(tx, preference, version));
    }

    @Override
    public CurrencyPreference put(Tx tx, CurrencyPreference preference, long version) {
        Currency currency = preference.currency();
        if (!currencies.get(currency.code()).equals(currency)) {
            throw new InvalidRequestException(
                    "This Matrix has another " + currency.code() + ": " + currencies.get(currency.code()) + ".");
        }
        Owner owner = preference.owner();
        PreferenceRow row = new PreferenceRow(owner, version + 1, currency.code(), preference.locale());
        boolean stored = version == 0 ? store.insert(tx, row) : store.replaceIfVersion(tx, row);
        if (!stored) {
            throw new ConflictException("The currency preference of " + owner + " isn't at version " + version
                    + "; read it and decide again.");
        }
        events.publish(tx, new CurrencyPreferenceChanged(owner.id(), owner, currency, preference.locale()));
        return preference(row);
    }

    @Override
    public boolean erase(Tx tx, Owner owner) {
        return store.delete(tx, owner);
    }

    @Override
    public ApiModule api() {
        return CurrencyApi.of(this, transactions);
    }

    @Override
    public Currency resolve(Owner... owners) {
        Map<Owner, PreferenceRow> found =
                read(List.of(owners)).stream().collect(Collectors.toMap(PreferenceRow::owner, Function.identity()));
        return Arrays.stream(owners)
                .map(found::get)
                .filter(Objects::nonNull)
                .findFirst()
                .map(row -> preference(row).currency())
                .orElse(hostDefault);
    }
}
