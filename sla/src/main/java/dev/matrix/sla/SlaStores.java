package dev.matrix.sla;

import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.sla.spi.AlertStore;
import dev.matrix.sla.spi.ChargeStore;
import dev.matrix.sla.spi.ComponentStore;
import dev.matrix.sla.spi.CreditStore;
import dev.matrix.sla.spi.ExclusionStore;
import dev.matrix.sla.spi.MeasurementStore;
import dev.matrix.sla.spi.SlaBindingStore;
import dev.matrix.sla.spi.SlaDefinitionStore;
import dev.matrix.sla.spi.StatementStore;

/** The stores of service levels, looked up once. */
record SlaStores(
        Transactions transactions,
        LeaseStore leases,
        SlaDefinitionStore definitions,
        SlaBindingStore bindings,
        MeasurementStore measurements,
        ComponentStore components,
        ExclusionStore exclusions,
        AlertStore alerts,
        StatementStore statements,
        CreditStore credits,
        ChargeStore charges) {

    static SlaStores of(Stores stores) {
        return new SlaStores(
                stores.transactions(),
                stores.get(LeaseStore.class),
                stores.get(SlaDefinitionStore.class),
                stores.get(SlaBindingStore.class),
                stores.get(MeasurementStore.class),
                stores.get(ComponentStore.class),
                stores.get(ExclusionStore.class),
                stores.get(AlertStore.class),
                stores.get(StatementStore.class),
                stores.get(CreditStore.class),
                stores.get(ChargeStore.class));
    }
}
