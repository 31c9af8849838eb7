package dev.matrix.tax;

import dev.matrix.core.spi.Stores;
import dev.matrix.tax.spi.TaxCalculationStore;
import dev.matrix.tax.spi.TaxExemptionStore;
import dev.matrix.tax.spi.TaxRegistrationStore;
import dev.matrix.tax.spi.TaxReversalStore;
import dev.matrix.tax.spi.TaxRuleStore;
import dev.matrix.tax.spi.TaxTransactionStore;
import dev.matrix.tax.spi.TaxTurnoverStore;

/** The stores that taxes are kept in. */
record TaxStores(
        TaxRuleStore rules,
        TaxRegistrationStore registrations,
        TaxExemptionStore exemptions,
        TaxCalculationStore calculations,
        TaxTransactionStore transactions,
        TaxReversalStore reversals,
        TaxTurnoverStore turnovers) {

    static TaxStores of(Stores stores) {
        return new TaxStores(
                stores.get(TaxRuleStore.class),
                stores.get(TaxRegistrationStore.class),
                stores.get(TaxExemptionStore.class),
                stores.get(TaxCalculationStore.class),
                stores.get(TaxTransactionStore.class),
                stores.get(TaxReversalStore.class),
                stores.get(TaxTurnoverStore.class));
    }
}
