package dev.matrix.analytics;

import dev.matrix.analytics.spi.AnalyticsDirectory;
import dev.matrix.analytics.spi.AnalyticsSettingsStore;
import dev.matrix.analytics.spi.ChartStore;
import dev.matrix.analytics.spi.FactStore;
import dev.matrix.analytics.spi.RollupStore;
import dev.matrix.analytics.spi.TimelineStore;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;

/** The stores that analytics works with. */
record AnalyticsStores(
        Transactions transactions,
        AnalyticsDirectory directory,
        AnalyticsSettingsStore settings,
        TimelineStore timelines,
        RollupStore rollups,
        FactStore facts,
        ChartStore charts) {

    static AnalyticsStores of(Stores stores) {
        return new AnalyticsStores(
                stores.transactions(),
                stores.get(AnalyticsDirectory.class),
                stores.get(AnalyticsSettingsStore.class),
                stores.get(TimelineStore.class),
                stores.get(RollupStore.class),
                stores.get(FactStore.class),
                stores.get(ChartStore.class));
    }
}
