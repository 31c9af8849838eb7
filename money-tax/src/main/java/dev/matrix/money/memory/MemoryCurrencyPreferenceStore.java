package dev.matrix.money.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.money.spi.CurrencyPreferenceStore;
import dev.matrix.money.spi.PreferenceRow;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** {@link CurrencyPreferenceStore} in memory. */
final class MemoryCurrencyPreferenceStore implements CurrencyPreferenceStore {

    private final MemoryTable<Owner, PreferenceRow> preferences = new MemoryTable<>();

    @Override
    public List<PreferenceRow> find(Tx tx, Collection<Owner> owners) {
        return owners.stream()
                .distinct()
                .map(owner -> preferences.get(tx, owner))
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public boolean insert(Tx tx, PreferenceRow row) {
        return preferences.putIfAbsent(tx, row.owner(), row);
    }

    @Override
    public boolean replaceIfVersion(Tx tx, PreferenceRow row) {
        PreferenceRow stored = preferences.get(tx, row.owner());
        boolean fits = stored != null && stored.version() == row.version() - 1;
        if (fits) {
            preferences.put(tx, row.owner(), row);
        }
        return fits;
    }

    @Override
    public boolean delete(Tx tx, Owner owner) {
        return preferences.remove(tx, owner) != null;
    }
}
