package dev.matrix.analytics.jooq;

import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_ANALYTICS_CHART;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_ANALYTICS_COUNTER;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_ANALYTICS_CUSTOMER;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_ANALYTICS_FACT;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_ANALYTICS_MRR_ROLLUP;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_ANALYTICS_NAME;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_ANALYTICS_REJECTED;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_ANALYTICS_SEGMENT;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_ANALYTICS_SETTINGS;
import static dev.matrix.analytics.jooq.generated.Tables.MATRIX_ANALYTICS_SUBSCRIPTION_VERSION;

import dev.matrix.analytics.spi.AnalyticsDirectory;
import dev.matrix.analytics.spi.AnalyticsSettingsStore;
import dev.matrix.analytics.spi.ChartStore;
import dev.matrix.analytics.spi.FactStore;
import dev.matrix.analytics.spi.RollupStore;
import dev.matrix.analytics.spi.TimelineStore;
import dev.matrix.core.spi.Stores.Binding;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqStoreProvider;
import java.util.List;
import org.jooq.Table;

/** Contributes the stores and tables of analytics to {@link dev.matrix.jooq.JooqStorage}. */
public final class JooqAnalyticsStores implements JooqStoreProvider {

    @Override
    public String module() {
        return "analytics";
    }

    @Override
    public List<String> scripts() {
        return List.of("V1__analytics.sql");
    }

    @Override
    public List<? extends Table<?>> tables() {
        return List.of(
                MATRIX_ANALYTICS_COUNTER,
                MATRIX_ANALYTICS_CUSTOMER,
                MATRIX_ANALYTICS_SEGMENT,
                MATRIX_ANALYTICS_NAME,
                MATRIX_ANALYTICS_FACT,
                MATRIX_ANALYTICS_SETTINGS,
                MATRIX_ANALYTICS_SUBSCRIPTION_VERSION,
                MATRIX_ANALYTICS_REJECTED,
                MATRIX_ANALYTICS_MRR_ROLLUP,
                MATRIX_ANALYTICS_CHART);
    }

    @Override
    public List<Binding<?>> stores(Database database) {
        return List.of(
                new Binding<>(AnalyticsDirectory.class, new JooqAnalyticsDirectory()),
                new Binding<>(AnalyticsSettingsStore.class, new JooqAnalyticsSettingsStore()),
                new Binding<>(TimelineStore.class, new JooqTimelineStore()),
                new Binding<>(RollupStore.class, new JooqRollupStore()),
                new Binding<>(FactStore.class, new JooqFactStore()),
                new Binding<>(ChartStore.class, new JooqChartStore()));
    }
}
