package dev.matrix.analytics.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.analytics.spi.AnalyticsSettingsStore.SettingsRow;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link AnalyticsSettingsStore} promises. */
@Tag("AN56")
public interface AnalyticsSettingsStoreContract extends StoreContract {

    SettingsRow FIRST = new SettingsRow(1, "zones=UTC\ndiscounts=ALL");
    SettingsRow SECOND = new SettingsRow(2, "zones=Europe/Berlin");

    @Test
    default void thereIsOneRow() {
        StoreUnderTest<AnalyticsSettingsStore> settings = StoreUnderTest.of(this, AnalyticsSettingsStore.class);

        assertThat(settings.<Optional<SettingsRow>>get((tx, store) -> store.find(tx)))
                .isEmpty();
        assertThat(settings.<Boolean>get((tx, store) -> store.insert(tx, FIRST)))
                .isTrue();
        assertThat(settings.<Boolean>get((tx, store) -> store.insert(tx, SECOND)))
                .isFalse();
        assertThat(settings.<Optional<SettingsRow>>get((tx, store) -> store.share(tx)))
                .contains(FIRST);
        settings.run((tx, store) -> {
            assertThat(store.lock(tx)).contains(FIRST);
            store.replace(tx, SECOND);
        });
        assertThat(settings.<Optional<SettingsRow>>get((tx, store) -> store.find(tx)))
                .contains(SECOND);
    }

    @Test
    default void whoeverSharesWaitsForWhoeverLocksAndSeesWhatThatWrote() {
        StoreUnderTest.assumeConcurrent(this);
        StoreUnderTest<AnalyticsSettingsStore> settings = StoreUnderTest.of(this, AnalyticsSettingsStore.class);
        settings.run((tx, store) -> store.insert(tx, FIRST));
        CountDownLatch locked = new CountDownLatch(1);
        OtherThread<Optional<SettingsRow>> other = OtherThread.running(() -> {
            OtherThread.await(locked);
            return settings.get((tx, store) -> store.share(tx));
        });

        settings.run((tx, store) -> {
            store.lock(tx);
            locked.countDown();
            store.replace(tx, SECOND);
        });
        assertThat(other.join()).contains(SECOND);
    }
}
