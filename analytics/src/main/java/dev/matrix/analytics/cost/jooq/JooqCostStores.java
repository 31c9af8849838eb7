package dev.matrix.analytics.cost.jooq;

import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_COST_ANALYSIS;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_COST_BASELINE;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_COST_FACT;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_COST_LEDGER;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_COST_OWNER;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_COST_RECOMMENDATION;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_COST_SAMPLE;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_COST_USAGE;

import dev.matrix.analytics.cost.spi.CostAnalysisStore;
import dev.matrix.analytics.cost.spi.CostFactStore;
import dev.matrix.analytics.cost.spi.ResourceSampleStore;
import dev.matrix.analytics.cost.spi.SavingsLedgerStore;
import dev.matrix.core.spi.Stores.Binding;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqStoreProvider;
import java.util.List;
import org.jooq.Table;

/** Contributes the stores and tables of cost optimisation to {@link dev.matrix.jooq.JooqStorage}. */
public final class JooqCostStores implements JooqStoreProvider {

    @Override
    public String module() {
        return "cost";
    }

    @Override
    public List<String> scripts() {
        return List.of("V1__cost.sql");
    }

    @Override
    public List<? extends Table<?>> tables() {
        return List.of(
                MATRIX_COST_OWNER,
                MATRIX_COST_FACT,
                MATRIX_COST_USAGE,
                MATRIX_COST_SAMPLE,
                MATRIX_COST_ANALYSIS,
                MATRIX_COST_RECOMMENDATION,
                MATRIX_COST_BASELINE,
                MATRIX_COST_LEDGER);
    }

    @Override
    public List<Binding<?>> stores(Database database) {
        return List.of(
                new Binding<>(CostFactStore.class, new JooqCostFactStore()),
                new Binding<>(ResourceSampleStore.class, new JooqResourceSampleStore()),
                new Binding<>(CostAnalysisStore.class, new JooqCostAnalysisStore()),
                new Binding<>(SavingsLedgerStore.class, new JooqSavingsLedgerStore()));
    }
}
