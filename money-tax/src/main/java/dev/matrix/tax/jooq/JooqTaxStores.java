package dev.matrix.tax.jooq;

import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_CALCULATION;
import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_COMPONENT;
import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_CROSSING;
import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_EXEMPTION;
import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_REGISTRATION;
import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_RELIANCE;
import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_REVERSAL;
import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_RULE;
import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_RULESET;
import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_TRANSACTION;
import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_TURNOVER;

import dev.matrix.core.spi.Stores.Binding;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqStoreProvider;
import dev.matrix.tax.spi.TaxCalculationStore;
import dev.matrix.tax.spi.TaxExemptionStore;
import dev.matrix.tax.spi.TaxRegistrationStore;
import dev.matrix.tax.spi.TaxReversalStore;
import dev.matrix.tax.spi.TaxRuleStore;
import dev.matrix.tax.spi.TaxTransactionStore;
import dev.matrix.tax.spi.TaxTurnoverStore;
import java.util.List;
import org.jooq.Table;

/** Contributes the stores and tables of tax to {@link dev.matrix.jooq.JooqStorage}. */
public final class JooqTaxStores implements JooqStoreProvider {

    @Override
    public String module() {
        return "money-tax";
    }

    @Override
    public List<String> scripts() {
        return List.of("V2__tax.sql");
    }

    @Override
    public List<? extends Table<?>> tables() {
        return List.of(
                MATRIX_TAX_RULESET,
                MATRIX_TAX_RULE,
                MATRIX_TAX_REGISTRATION,
                MATRIX_TAX_EXEMPTION,
                MATRIX_TAX_CALCULATION,
                MATRIX_TAX_TRANSACTION,
                MATRIX_TAX_RELIANCE,
                MATRIX_TAX_COMPONENT,
                MATRIX_TAX_REVERSAL,
                MATRIX_TAX_TURNOVER,
                MATRIX_TAX_CROSSING);
    }

    @Override
    public List<Binding<?>> stores(Database database) {
        return List.of(
                new Binding<>(TaxRuleStore.class, new JooqTaxRuleStore()),
                new Binding<>(TaxRegistrationStore.class, new JooqTaxRegistrationStore()),
                new Binding<>(TaxExemptionStore.class, new JooqTaxExemptionStore()),
                new Binding<>(TaxCalculationStore.class, new JooqTaxCalculationStore()),
                new Binding<>(TaxTransactionStore.class, new JooqTaxTransactionStore(TransactionInsert.of(database))),
                new Binding<>(TaxReversalStore.class, new JooqTaxReversalStore()),
                new Binding<>(TaxTurnoverStore.class, new JooqTaxTurnoverStore()));
    }
}
