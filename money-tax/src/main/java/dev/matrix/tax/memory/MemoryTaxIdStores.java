package dev.matrix.tax.memory;

import dev.matrix.core.memory.MemoryStoreProvider;
import dev.matrix.core.spi.Stores;
import dev.matrix.tax.spi.TaxIdStore;
import java.util.List;

/** Contributes the store of tax ids to {@link Stores#inMemory()}. */
public final class MemoryTaxIdStores implements MemoryStoreProvider {

    @Override
    public List<Stores.Binding<?>> stores() {
        return List.of(new Stores.Binding<>(TaxIdStore.class, new MemoryTaxIdStore()));
    }
}
