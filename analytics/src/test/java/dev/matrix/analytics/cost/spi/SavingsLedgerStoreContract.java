package dev.matrix.analytics.cost.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.analytics.cost.spi.SavingsLedgerStore.BaselineRow;
import dev.matrix.analytics.cost.spi.SavingsLedgerStore.LedgerRow;
import dev.matrix.core.Owner;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link SavingsLedgerStore} promises. */
public interface SavingsLedgerStoreContract extends StoreContract {

    Owner ADA = Owner.user("ada");
    Owner BOB = Owner.user("bob");
    Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");
    Instant MAY = Instant.parse("2026-05-01T00:00:00Z");

    @Test
    @Tag("CO26")
    default void entriesAreOnlyEverAdded() {
        StoreUnderTest<SavingsLedgerStore> store = StoreUnderTest.of(this, SavingsLedgerStore.class);
        BaselineRow baseline = new BaselineRow("rec_1", ADA, APRIL, "{}");
        assertThat(store.<Boolean>get((tx, s) -> s.insertBaseline(tx, baseline)))
                .isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.insertBaseline(tx, new BaselineRow("rec_1", ADA, MAY, "[]"))))
                .isFalse();
        assertThat(store.<Optional<BaselineRow>>get((tx, s) -> s.baseline(tx, ADA, "rec_1")))
                .contains(baseline);
        assertThat(store.<Optional<BaselineRow>>get((tx, s) -> s.baseline(tx, BOB, "rec_1")))
                .isEmpty();
        assertThat(store.<List<BaselineRow>>get((tx, s) -> s.baselines(tx, ADA)))
                .containsExactly(baseline);
        LedgerRow may = new LedgerRow("rec_1", ADA, MAY, 1, "{}");
        LedgerRow april = new LedgerRow("rec_1", ADA, APRIL, 1, "{}");
        LedgerRow restated = new LedgerRow("rec_1", ADA, APRIL, 2, "{}");
        store.run((tx, s) -> {
            assertThat(s.append(tx, may)).isTrue();
            assertThat(s.append(tx, restated)).isTrue();
            assertThat(s.append(tx, april)).isTrue();
            assertThat(s.append(tx, new LedgerRow("rec_1", ADA, APRIL, 1, "[]")))
                    .isFalse();
        });
        assertThat(store.<List<LedgerRow>>get((tx, s) -> s.entries(tx, ADA, "rec_1")))
                .containsExactly(april, restated, may);
        assertThat(store.<List<LedgerRow>>get((tx, s) -> s.entries(tx, BOB, "rec_1")))
                .isEmpty();
        assertThat(store.<Integer>get((tx, s) -> s.erase(tx, ADA))).isEqualTo(4);
        assertThat(store.<List<LedgerRow>>get((tx, s) -> s.entries(tx, ADA, "rec_1")))
                .isEmpty();
    }
}
