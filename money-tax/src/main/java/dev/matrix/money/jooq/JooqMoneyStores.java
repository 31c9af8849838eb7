package dev.matrix.money.jooq;

import static dev.matrix.money.jooq.generated.Tables.MATRIX_CURRENCY_PREFERENCE;
import static dev.matrix.money.jooq.generated.Tables.MATRIX_FX_RATE;
import static dev.matrix.money.jooq.generated.Tables.MATRIX_FX_SNAPSHOT;
import static dev.matrix.money.jooq.generated.Tables.MATRIX_FX_SOURCE;

import dev.matrix.core.spi.Stores.Binding;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqStoreProvider;
import dev.matrix.money.spi.CurrencyPreferenceStore;
import dev.matrix.money.spi.FxSnapshotStore;
import dev.matrix.money.spi.FxSourceStore;
import java.util.List;
import org.jooq.Table;

/** Contributes the stores and tables of exchange rates and preferences to {@link dev.matrix.jooq.JooqStorage}. */
public final class JooqMoneyStores implements JooqStoreProvider {

    @Override
    public String module() {
        return "money-tax";
    }

    @Override
    public List<String> scripts() {
        return List.of("V1__money.sql");
    }

    @Override
    public List<? extends Table<?>> tables() {
        return List.of(MATRIX_FX_SNAPSHOT, MATRIX_FX_RATE, MATRIX_FX_SOURCE, MATRIX_CURRENCY_PREFERENCE);
    }

    @Override
    public List<Binding<?>> stores(Database database) {
        return List.of(
                new Binding<>(FxSnapshotStore.class, new JooqFxSnapshotStore(SnapshotInsert.of(database))),
                new Binding<>(FxSourceStore.class, new JooqFxSourceStore()),
                new Binding<>(CurrencyPreferenceStore.class, new JooqCurrencyPreferenceStore()));
    }
}
