package dev.matrix.refunds.memory;

import dev.matrix.core.memory.MemoryStoreProvider;
import dev.matrix.core.spi.Stores.Binding;
import dev.matrix.refunds.spi.CryptoTransactionStore;
import java.util.List;

/** Contributes the store of what is signed for chains to {@link dev.matrix.core.spi.Stores#inMemory()}. */
public final class MemoryCryptoStores implements MemoryStoreProvider {

    @Override
    public List<Binding<?>> stores() {
        return List.of(new Binding<>(CryptoTransactionStore.class, new MemoryCryptoTransactionStore()));
    }
}
