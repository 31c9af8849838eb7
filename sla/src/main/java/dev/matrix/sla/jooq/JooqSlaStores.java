package dev.matrix.sla.jooq;

import dev.matrix.core.spi.Stores.Binding;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqStoreProvider;
import dev.matrix.sla.jooq.generated.DefaultSchema;
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
import org.jooq.Table;

/** Contributes the stores and tables of service levels to {@link dev.matrix.jooq.JooqStorage}. */
public final class JooqSlaStores implements JooqStoreProvider {

    @Override
    public String module() {
        return "sla";
    }

    @Override
    public List<String> scripts() {
        return List.of("V1__sla.sql");
    }

    @Override
    public List<? extends Table<?>> tables() {
        return DefaultSchema.DEFAULT_SCHEMA.getTables();
    }

    @Override
    public List<Binding<?>> stores(Database database) {
        return List.of(
                new Binding<>(SlaDefinitionStore.class, new JooqSlaDefinitionStore()),
                new Binding<>(SlaBindingStore.class, new JooqSlaBindingStore()),
                new Binding<>(MeasurementStore.class, new JooqMeasurementStore()),
                new Binding<>(ComponentStore.class, new JooqComponentStore()),
                new Binding<>(ExclusionStore.class, new JooqExclusionStore()),
                new Binding<>(AlertStore.class, new JooqAlertStore()),
                new Binding<>(StatementStore.class, new JooqStatementStore()),
                new Binding<>(CreditStore.class, new JooqCreditStore()),
                new Binding<>(ChargeStore.class, new JooqChargeStore()));
    }
}
