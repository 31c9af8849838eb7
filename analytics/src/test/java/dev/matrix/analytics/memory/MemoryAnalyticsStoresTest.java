package dev.matrix.analytics.memory;

import dev.matrix.analytics.spi.AnalyticsDirectoryContract;
import dev.matrix.analytics.spi.AnalyticsSettingsStoreContract;
import dev.matrix.analytics.spi.ChartStoreContract;
import dev.matrix.analytics.spi.FactStoreContract;
import dev.matrix.analytics.spi.RollupStoreContract;
import dev.matrix.analytics.spi.TimelineStoreContract;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.StoreContract;
import org.junit.jupiter.api.Nested;

/** The in-memory stores keep every contract; their transactions run one at a time. */
class MemoryAnalyticsStoresTest {

    interface InMemory extends StoreContract {

        @Override
        default Stores stores() {
            return Stores.inMemory();
        }

        @Override
        default boolean concurrent() {
            return false;
        }
    }

    @Nested
    class AnalyticsDirectoryTest implements InMemory, AnalyticsDirectoryContract {}

    @Nested
    class AnalyticsSettingsStoreTest implements InMemory, AnalyticsSettingsStoreContract {}

    @Nested
    class TimelineStoreTest implements InMemory, TimelineStoreContract {}

    @Nested
    class RollupStoreTest implements InMemory, RollupStoreContract {}

    @Nested
    class FactStoreTest implements InMemory, FactStoreContract {}

    @Nested
    class ChartStoreTest implements InMemory, ChartStoreContract {}
}
