package dev.matrix.money.memory;

import dev.matrix.core.memory.MemoryStoreProvider;
import dev.matrix.core.spi.Stores;
import java.util.List;

/** Contributes the stores of exchange rates and preferences to {@link Stores#inMemory()}. */
public final class MemoryMoneyStores implements MemoryStoreProvider {

    @Override
    public List<Stores.Binding<?>> stores() {
        return List.of();
    }
}
