package dev.matrix.refunds.spi;

import static dev.matrix.refunds.spi.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.Stores;
import dev.matrix.refunds.spi.CryptoTransactionStore.CryptoTransaction;
import dev.matrix.testkit.StoreContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link CryptoTransactionStore} promises. */
public interface CryptoTransactionStoreContract extends StoreContract {

    private static CryptoTransaction row(String legId, int no, long nonce) {
        return new CryptoTransaction("ethereum:1", legId, no, "0xa", nonce, "{}", null, null, false, NOW);
    }

    @Test
    @Tag("R32")
    @Tag("A33")
    default void twoLegsNeverGetTheSameNonce() {
        Stores stores = stores();
        CryptoTransactionStore store = stores.get(CryptoTransactionStore.class);
        for (long expected : new long[] {7, 8, 20}) {
            stores.transactions().inTransaction(tx -> {
                long nonce = store.nextNonce(tx, "ethereum:1", "0xa", expected == 20 ? 20 : 7);
                assertThat(nonce).isEqualTo(expected);
                store.takeNonce(tx, "ethereum:1", "0xa", nonce);
            });
        }
        stores.transactions().inTransaction(tx -> {
            assertThat(store.nextNonce(tx, "ethereum:1", "0xb", 0)).isZero();
            assertThat(store.nextNonce(tx, "ethereum:5", "0xa", 3)).isEqualTo(3);
            assertThat(store.nextNonce(tx, "ethereum:1", "0xa", 0)).isEqualTo(21);
        });
    }

    @Test
    @Tag("R32")
    default void bytesThatAreStoredNeverChange() {
        Stores stores = stores();
        CryptoTransactionStore store = stores.get(CryptoTransactionStore.class);
        stores.transactions().inTransaction(tx -> {
            assertThat(store.insert(tx, row("rfl_1", 1, 0))).isTrue();
            assertThat(store.insert(tx, row("rfl_1", 1, 9))).isFalse();
            assertThat(store.insert(tx, row("rfl_1", 2, 0))).isTrue();
            assertThat(store.update(tx, row("rfl_1", 1, 0).signed("0xh", "0xr")))
                    .isTrue();
            assertThat(store.update(tx, row("rfl_1", 1, 0).signed("0xh", "0xother")))
                    .isFalse();
            assertThat(store.update(tx, row("rfl_1", 1, 0).signed("0xh", "0xr").ended()))
                    .isTrue();
            assertThat(store.update(tx, row("rfl_9", 1, 0).signed("0xh", "0xr")))
                    .isFalse();
            assertThat(store.ofLeg(tx, "ethereum:1", "rfl_1"))
                    .containsExactly(row("rfl_1", 1, 0).signed("0xh", "0xr").ended(), row("rfl_1", 2, 0));
            assertThat(store.ofLeg(tx, "ethereum:5", "rfl_1")).isEmpty();
            assertThat(store.legOf(tx, "ethereum:1", "0xh")).contains("rfl_1");
            assertThat(store.legOf(tx, "ethereum:5", "0xh")).isEmpty();
        });
    }

    @Test
    @Tag("R34")
    @Tag("A35")
    default void oneInputServesOneLegUntilItIsGivenBack() {
        Stores stores = stores();
        CryptoTransactionStore store = stores.get(CryptoTransactionStore.class);
        stores.transactions().inTransaction(tx -> {
            assertThat(store.takeInput(tx, "bitcoin", "ab:0", "rfl_1")).isTrue();
            assertThat(store.takeInput(tx, "bitcoin", "ab:0", "rfl_1")).isTrue();
            assertThat(store.takeInput(tx, "bitcoin", "ab:0", "rfl_2")).isFalse();
            assertThat(store.takeInput(tx, "bitcoin", "ab:1", "rfl_2")).isTrue();
            store.releaseInputs(tx, "bitcoin", "rfl_1");
            assertThat(store.takeInput(tx, "bitcoin", "ab:0", "rfl_2")).isTrue();
        });
    }
}
