package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StoresViewTest {

    private final ManualClock own = ManualClock.at("2026-01-01T00:00:00Z");
    private final ManualClock tests = ManualClock.at("2030-01-01T00:00:00Z");
    private final Stores stores = Stores.inMemory(own);

    @Test
    void aViewHasTheTimeOfItsStoresUnlessItIsGivenAnother() {
        assertThat(StoresView.of(stores).clock(tests).instant()).isEqualTo(own.instant());

        StoreClock clock = StoresView.of(stores).withTime(tests).clock(own);
        clock.refresh();
        assertThat(clock.instant()).isEqualTo(tests.instant());
        assertThat(clock.isTrusted()).isTrue();
    }

    @Test
    void aViewHasTheRowsOfItsStoresAndAReplacedStoreToo() {
        LeaseStore other = Stores.inMemory().get(LeaseStore.class);

        StoresView view = StoresView.of(stores).withTime(tests).with(LeaseStore.class, other);

        assertThat(view.get(LeaseStore.class)).isSameAs(other);
        assertThat(view.transactions()).isSameAs(stores.transactions());
        assertThat(view.persistent()).isFalse();
        assertThat(view.clock(own).instant()).isEqualTo(tests.instant());
    }

    @Test
    void aManualClockMovesOnlyByHand() {
        assertThat(own.advance(Duration.ofSeconds(5))).isEqualTo(Instant.parse("2026-01-01T00:00:05Z"));
        own.set(Instant.EPOCH);
        assertThat(own.instant()).isEqualTo(Instant.EPOCH);
    }
}
