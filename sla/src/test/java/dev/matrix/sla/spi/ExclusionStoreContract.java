package dev.matrix.sla.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.PageRequest;
import dev.matrix.sla.spi.ExclusionStore.ExclusionRow;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an {@link ExclusionStore} promises. */
public interface ExclusionStoreContract extends StoreContract {

    @Test
    default void anExclusionIsCancelledOnceAndKept() {
        StoreUnderTest<ExclusionStore> store = StoreUnderTest.of(this, ExclusionStore.class);
        ExclusionRow a = new ExclusionRow("exc_a", StoreUnderTest.START, false, "1");
        ExclusionRow b = new ExclusionRow("exc_b", StoreUnderTest.START, false, "2");
        store.run((tx, s) -> List.of(b, a).forEach(row -> s.insert(tx, row)));
        long before = store.<Long>get((tx, s) -> s.version(tx));

        assertThat(store.<Boolean>get((tx, s) -> s.cancel(tx, "exc_a"))).isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.cancel(tx, "exc_a"))).isFalse();
        assertThat(store.<Boolean>get((tx, s) -> s.cancel(tx, "exc_c"))).isFalse();
        assertThat(store.<Long>get((tx, s) -> s.version(tx))).isEqualTo(before + 1);
        assertThat(store.<List<ExclusionRow>>get((tx, s) -> s.inForce(tx))).containsExactly(b);
        assertThat(store.<Optional<ExclusionRow>>get((tx, s) -> s.find(tx, "exc_a"))
                        .orElseThrow()
                        .cancelled())
                .isTrue();
        assertThat(store.get((tx, s) -> s.page(tx, PageRequest.after("exc_a", 5)))
                        .items())
                .containsExactly(b);
    }
}
