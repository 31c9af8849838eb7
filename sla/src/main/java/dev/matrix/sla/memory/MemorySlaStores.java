package dev.matrix.sla.memory;

import dev.matrix.core.memory.MemoryStoreProvider;
import dev.matrix.core.spi.Stores;
import dev.matrix.sla.spi.AlertStore;
import dev.matrix.sla.spi.ChargeStore;
import dev.matrix.sla.spi.ComponentStore;
import dev.matrix.sla.spi.CreditStore;
import dev.matrix.sla.spi.ExclusionStore;
import dev.matrix.sla.spi.MeasurementStore;
import dev.matrix.sla.spi.SlaBindingStore;
import dev.matrix.sla.spi.SlaDefinitionStore;
import dev.matrix.sla.spi.StatementStore;
import java.util.List;

/** Contributes the stores of service levels to {@link Stores#inMemory()}. */
public final class MemorySlaStores implements MemoryStoreProvider {

    @Override
    public List<Stores.Binding<?>> stores() {
        return List.of(
                new Stores.Binding<>(SlaDefinitionStore.class, new MemorySlaDefinitionStore()),
                new Stores.Binding<>(SlaBindingStore.class, new MemorySlaBindingStore()),
                new Stores.Binding<>(MeasurementStore.class, new MemoryMeasurementStore()),
                new Stores.Binding<>(ComponentStore.class, new MemoryComponentStore()),
                new Stores.Binding<>(ExclusionStore.class, new MemoryExclusionStore()),
                new Stores.Binding<>(AlertStore.class, new MemoryAlertStore()),
                new Stores.Binding<>(StatementStore.class, new MemoryStatementStore()),
                new Stores.Binding<>(CreditStore.class, new MemoryCreditStore()),
                new Stores.Binding<>(ChargeStore.class, new MemoryChargeStore()));
    }
}
