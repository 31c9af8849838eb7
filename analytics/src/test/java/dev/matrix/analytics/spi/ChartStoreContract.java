package dev.matrix.analytics.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.analytics.spi.ChartStore.ChartRow;
import dev.matrix.core.Owner;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a {@link ChartStore} promises. */
public interface ChartStoreContract extends StoreContract {

    Instant NOW = StoreUnderTest.START;
    Owner ALICE = Owner.user("alice");

    @Test
    default void aChartIsFoundUntilItExpires() {
        StoreUnderTest<ChartStore> charts = StoreUnderTest.of(this, ChartStore.class);
        ChartRow early = new ChartRow("cht_1", ALICE, "{\"title\":\"MRR\"}", NOW.plusSeconds(10));
        ChartRow late = new ChartRow("cht_2", Owner.platform(), "{}", NOW.plusSeconds(20));
        charts.run((tx, store) -> {
            store.insert(tx, early);
            store.insert(tx, late);
        });

        assertThat(charts.<Optional<ChartRow>>get((tx, store) -> store.find(tx, "cht_1", NOW)))
                .contains(early);
        assertThat(charts.<Optional<ChartRow>>get((tx, store) -> store.find(tx, "cht_1", NOW.plusSeconds(10))))
                .isEmpty();
        assertThat(charts.<Optional<ChartRow>>get((tx, store) -> store.find(tx, "cht_3", NOW)))
                .isEmpty();
        assertThat(charts.<Integer>get((tx, store) -> store.count(tx, ALICE, NOW)))
                .isEqualTo(1);
        assertThat(charts.<Integer>get((tx, store) -> store.count(tx, ALICE, NOW.plusSeconds(10))))
                .isZero();

        assertThat(charts.<Integer>get((tx, store) -> store.deleteExpired(tx, NOW.plusSeconds(10), 9)))
                .isEqualTo(1);
        assertThat(charts.<Integer>get((tx, store) -> store.deleteExpired(tx, NOW.plusSeconds(30), 0)))
                .isZero();
        assertThat(charts.<Optional<ChartRow>>get((tx, store) -> store.find(tx, "cht_2", NOW)))
                .contains(late);
    }
}
