package dev.matrix.analytics.memory;

import dev.matrix.analytics.spi.AnalyticsSettingsStore;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import java.util.Optional;

/** {@link AnalyticsSettingsStore} in memory; one transaction runs at a time, so there is nothing to lock. */
final class MemoryAnalyticsSettingsStore implements AnalyticsSettingsStore {

    private static final Integer ONLY = 1;

    private final MemoryTable<Integer, SettingsRow> rows = new MemoryTable<>();

    @Override
    public boolean insert(Tx tx, SettingsRow row) {
        return rows.putIfAbsent(tx, ONLY, row);
    }

    @Override
    public Optional<SettingsRow> find(Tx tx) {
        return Optional.ofNullable(rows.get(tx, ONLY));
    }

    @Override
    public Optional<SettingsRow> share(Tx tx) {
        return find(tx);
    }

    @Override
    public Optional<SettingsRow> lock(Tx tx) {
        return find(tx);
    }

    @Override
    public void replace(Tx tx, SettingsRow row) {
        rows.put(tx, ONLY, row);
    }
}
