package dev.matrix.sla.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.SlaDefinitionStore.DefinitionRow;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an {@link SlaDefinitionStore} promises. */
public interface SlaDefinitionStoreContract extends StoreContract {

    @Test
    default void aVersionIsAddedOnceAndNeverChanged() {
        StoreUnderTest<SlaDefinitionStore> store = StoreUnderTest.of(this, SlaDefinitionStore.class);
        DefinitionRow second = new DefinitionRow("pro", 2, StoreUnderTest.START, StoreUnderTest.START, "{}");
        DefinitionRow first = new DefinitionRow("pro", 1, null, StoreUnderTest.START, "{}");
        DefinitionRow gold = new DefinitionRow("gold", 1, null, StoreUnderTest.START, "{}");

        for (DefinitionRow row : List.of(second, first, gold)) {
            assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, row))).isTrue();
        }
        assertThat(store.<Boolean>get(
                        (tx, s) -> s.insert(tx, new DefinitionRow("pro", 1, null, StoreUnderTest.START, "other"))))
                .isFalse();
        assertThat(store.<List<DefinitionRow>>get((tx, s) -> s.versions(tx, "pro")))
                .containsExactly(first, second);
        assertThat(store.<List<DefinitionRow>>get(SlaDefinitionStoreContract::all))
                .containsExactly(gold, first, second);
        assertThat(store.<Long>get((tx, s) -> s.count(tx))).isEqualTo(3);
    }

    private static List<DefinitionRow> all(Tx tx, SlaDefinitionStore store) {
        return store.all(tx);
    }
}
