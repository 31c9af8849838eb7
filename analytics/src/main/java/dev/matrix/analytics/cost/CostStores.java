package dev.matrix.analytics.cost;

import dev.matrix.analytics.cost.spi.CostAnalysisStore;
import dev.matrix.analytics.cost.spi.CostFactStore;
import dev.matrix.analytics.cost.spi.ResourceSampleStore;
import dev.matrix.analytics.cost.spi.SavingsLedgerStore;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;

/** The stores that cost optimisation works with. */
record CostStores(
        Transactions transactions,
        CostFactStore facts,
        ResourceSampleStore samples,
        CostAnalysisStore analyses,
        SavingsLedgerStore ledger) {

    static CostStores of(Stores stores) {
        return new CostStores(
                stores.transactions(),
                stores.get(CostFactStore.class),
                stores.get(ResourceSampleStore.class),
                stores.get(CostAnalysisStore.class),
                stores.get(SavingsLedgerStore.class));
    }
}
