package dev.matrix.security.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.PageRequest;
import dev.matrix.security.spi.ErasureStore.ErasureRow;
import dev.matrix.security.spi.ErasureStore.State;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link ErasureStore} promises. */
public interface ErasureStoreContract extends StoreContract {

    private static ErasureRow row(String pseudonym, State state, int second) {
        return new ErasureRow(
                pseudonym, state, StoreUnderTest.START.plusSeconds(second), state == State.DEFERRED ? "hld_1" : null);
    }

    @Test
    @Tag("G56")
    default void erasuresAreListedAndOpenOnesFoundOldestFirst() {
        StoreUnderTest<ErasureStore> erasures = StoreUnderTest.of(this, ErasureStore.class);
        erasures.run((tx, store) -> {
            store.put(tx, row("b", State.DEFERRED, 2));
            store.put(tx, row("c", State.BLANKING, 1));
            store.put(tx, row("a", State.BLANKING, 3));
        });
        assertThat(erasures.<List<ErasureRow>>get((tx, store) -> store.open(tx, 2)))
                .extracting(ErasureRow::pseudonym)
                .containsExactly("c", "b");
        erasures.run((tx, store) -> store.put(tx, row("c", State.DONE, 1)));
        assertThat(erasures.<List<ErasureRow>>get((tx, store) -> store.open(tx, 9)))
                .extracting(ErasureRow::pseudonym)
                .containsExactly("b", "a");
        assertThat(erasures.<Optional<ErasureRow>>get((tx, store) -> store.find(tx, "b")))
                .contains(row("b", State.DEFERRED, 2));
        assertThat(erasures.<Optional<ErasureRow>>get((tx, store) -> store.find(tx, "d")))
                .isEmpty();
        assertThat(erasures.get((tx, store) -> store.page(tx, PageRequest.first(2)))
                        .items())
                .extracting(ErasureRow::pseudonym)
                .containsExactly("a", "b");
        assertThat(erasures.get((tx, store) -> store.page(tx, new PageRequest(2, "b")))
                        .items())
                .extracting(ErasureRow::pseudonym)
                .containsExactly("c");
    }
}
