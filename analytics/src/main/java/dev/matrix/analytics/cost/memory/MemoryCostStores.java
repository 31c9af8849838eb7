package dev.matrix.analytics.cost.memory;

import dev.matrix.analytics.cost.spi.CostAnalysisStore;
import dev.matrix.analytics.cost.spi.CostFactStore;
import dev.matrix.analytics.cost.spi.ResourceSampleStore;
import dev.matrix.analytics.cost.spi.SavingsLedgerStore;
import dev.matrix.core.memory.MemoryStoreProvider;
import dev.matrix.core.spi.Stores;
import java.util.List;

/** Contributes the stores of cost optimisation to {@link Stores#inMemory()}. */
public final class MemoryCostStores implements MemoryStoreProvider {

    @Override
    public List<Stores.Binding<?>> stores() {
        return List.of(
                new Stores.Binding<>(CostFactStore.class, new MemoryCostFactStore()),
                new Stores.Binding<>(ResourceSampleStore.class, new MemoryResourceSampleStore()),
                new Stores.Binding<>(CostAnalysisStore.class, new MemoryCostAnalysisStore()),
                new Stores.Binding<>(SavingsLedgerStore.class, new MemorySavingsLedgerStore()));
    }
}
