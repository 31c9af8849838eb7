package dev.matrix.money.memory;

import dev.matrix.core.memory.MemoryStoreProvider;
import dev.matrix.core.spi.Stores;
import dev.matrix.money.spi.CurrencyPreferenceStore;
import dev.matrix.money.spi.FxSnapshotStore;
import dev.matrix.money.spi.FxSourceStore;
import java.util.List;

/** Contributes the stores of exchange rates and preferences to {@link Stores#inMemory()}. */
public final class MemoryMoneyStores implements MemoryStoreProvider {

    @Override
    public List<Stores.Binding<?>> stores() {
        return List.of(
                new Stores.Binding<>(FxSnapshotStore.class, new MemoryFxSnapshotStore()),
                new Stores.Binding<>(FxSourceStore.class, new MemoryFxSourceStore()),
                new Stores.Binding<>(CurrencyPreferenceStore.class, new MemoryCurrencyPreferenceStore()));
    }
}
