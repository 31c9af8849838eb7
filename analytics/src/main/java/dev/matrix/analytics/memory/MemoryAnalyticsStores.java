package dev.matrix.analytics.memory;

import dev.matrix.analytics.spi.AnalyticsDirectory;
import dev.matrix.analytics.spi.AnalyticsSettingsStore;
import dev.matrix.analytics.spi.ChartStore;
import dev.matrix.analytics.spi.FactStore;
import dev.matrix.analytics.spi.RollupStore;
import dev.matrix.analytics.spi.TimelineStore;
import dev.matrix.core.memory.MemoryStoreProvider;
import dev.matrix.core.spi.Stores;
import java.util.List;

/** Contributes the stores of analytics to {@link Stores#inMemory()}. */
public final class MemoryAnalyticsStores implements MemoryStoreProvider {

    @Override
    public List<Stores.Binding<?>> stores() {
        return List.of(
                new Stores.Binding<>(AnalyticsDirectory.class, new MemoryAnalyticsDirectory()),
                new Stores.Binding<>(AnalyticsSettingsStore.class, new MemoryAnalyticsSettingsStore()),
                new Stores.Binding<>(TimelineStore.class, new MemoryTimelineStore()),
                new Stores.Binding<>(RollupStore.class, new MemoryRollupStore()),
                new Stores.Binding<>(FactStore.class, new MemoryFactStore()),
                new Stores.Binding<>(ChartStore.class, new MemoryChartStore()));
    }
}
