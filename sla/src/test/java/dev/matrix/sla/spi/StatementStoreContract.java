package dev.matrix.sla.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.sla.spi.StatementStore.BreachRow;
import dev.matrix.sla.spi.StatementStore.StatementRow;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link StatementStore} promises. */
public interface StatementStoreContract extends StoreContract {

    Owner ADA = Owner.user("ada");

    @Test
    @Tag("S54")
    default void aBreachIsAddedOnceAndWithdrawnOnce() {
        StoreUnderTest<StatementStore> store = StoreUnderTest.of(this, StatementStore.class);
        BreachRow row = new BreachRow("sub_a", 60, "UPTIME", "2025-11", false, "{}");

        assertThat(store.<Boolean>get((tx, s) -> s.breach(tx, row))).isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.breach(tx, row))).isFalse();
        assertThat(store.<List<BreachRow>>get((tx, s) -> s.breaches(tx, "sub_a", 60)))
                .containsExactly(row);
        assertThat(store.<List<BreachRow>>get((tx, s) -> s.breaches(tx, "sub_a", 61)))
                .isEmpty();
        assertThat(store.<Boolean>get((tx, s) -> s.withdraw(tx, "sub_a", 60, "UPTIME")))
                .isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.withdraw(tx, "sub_a", 60, "UPTIME")))
                .isFalse();
        assertThat(store.<List<BreachRow>>get((tx, s) -> s.breaches(tx, "sub_a", 0))
                        .get(0)
                        .withdrawn())
                .isTrue();
    }

    private static StatementRow statement(int version, String cause) {
        return new StatementRow(
                "sub_a", "2025-11", version, "sst_" + version + cause, cause, ADA, "{}", new byte[] {1});
    }

    @Test
    @Tag("S48")
    default void aCauseMakesOneVersion() {
        StoreUnderTest<StatementStore> store = StoreUnderTest.of(this, StatementStore.class);

        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, statement(1, "close"))))
                .isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, statement(2, "close"))))
                .isFalse();
        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, statement(1, "exc_1"))))
                .isFalse();
        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, statement(2, "exc_1"))))
                .isTrue();
        assertThat(store.<Optional<StatementRow>>get((tx, s) -> s.find(tx, "sub_a", "2025-11", null))
                        .orElseThrow()
                        .version())
                .isEqualTo(2);
        assertThat(store.<Optional<StatementRow>>get((tx, s) -> s.find(tx, "sub_a", "2025-11", 1))
                        .orElseThrow()
                        .report())
                .containsExactly(1);
        assertThat(store.<Optional<StatementRow>>get((tx, s) -> s.find(tx, "sub_a", "2025-12", null)))
                .isEmpty();
        assertThat(store.get((tx, s) -> s.page(tx, ADA, "sub_a", PageRequest.first(5)))
                        .items())
                .hasSize(2);
        assertThat(store.<Integer>get((tx, s) -> s.rename(tx, ADA, Owner.user("erased_1"))))
                .isEqualTo(2);
        assertThat(store.get((tx, s) -> s.page(tx, ADA, null, PageRequest.first(5)))
                        .items())
                .isEmpty();
    }
}
