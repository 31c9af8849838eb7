package dev.matrix.tax.memory;

import dev.matrix.core.memory.MemoryStoreProvider;
import dev.matrix.core.spi.Stores.Binding;
import dev.matrix.tax.spi.TaxCalculationStore;
import dev.matrix.tax.spi.TaxExemptionStore;
import dev.matrix.tax.spi.TaxRegistrationStore;
import dev.matrix.tax.spi.TaxReversalStore;
import dev.matrix.tax.spi.TaxRuleStore;
import dev.matrix.tax.spi.TaxTransactionStore;
import dev.matrix.tax.spi.TaxTurnoverStore;
import java.util.List;

/** Contributes the stores of tax to {@link dev.matrix.core.spi.Stores#inMemory()}. */
public final class MemoryTaxStores implements MemoryStoreProvider {

    @Override
    public List<Binding<?>> stores() {
        return List.of(
                new Binding<>(TaxRuleStore.class, new MemoryTaxRuleStore()),
                new Binding<>(TaxRegistrationStore.class, new MemoryTaxRegistrationStore()),
                new Binding<>(TaxExemptionStore.class, new MemoryTaxExemptionStore()),
                new Binding<>(TaxCalculationStore.class, new MemoryTaxCalculationStore()),
                new Binding<>(TaxTransactionStore.class, new MemoryTaxTransactionStore()),
                new Binding<>(TaxReversalStore.class, new MemoryTaxReversalStore()),
                new Binding<>(TaxTurnoverStore.class, new MemoryTaxTurnoverStore()));
    }
}
