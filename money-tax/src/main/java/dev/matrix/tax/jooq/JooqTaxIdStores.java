package dev.matrix.tax.jooq;

import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_ID_CHECK;
import static dev.matrix.tax.jooq.generated.Tables.MATRIX_TAX_ID_WATCH;

import dev.matrix.core.spi.Stores.Binding;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqStoreProvider;
import dev.matrix.tax.spi.TaxIdStore;
import java.util.List;
import org.jooq.Table;

/** Contributes the store and tables of tax ids to {@link dev.matrix.jooq.JooqStorage}. */
public final class JooqTaxIdStores implements JooqStoreProvider {

    @Override
    public String module() {
        return "money-tax";
    }

    @Override
    public List<String> scripts() {
        return List.of("V3__tax_ids.sql");
    }

    @Override
    public List<? extends Table<?>> tables() {
        return List.of(MATRIX_TAX_ID_CHECK, MATRIX_TAX_ID_WATCH);
    }

    @Override
    public List<Binding<?>> stores(Database database) {
        return List.of(new Binding<>(TaxIdStore.class, new JooqTaxIdStore()));
    }
}
