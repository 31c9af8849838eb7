package dev.matrix.refunds.spi;

import static dev.matrix.refunds.spi.Rows.ALICE;
import static dev.matrix.refunds.spi.Rows.BOB;
import static dev.matrix.refunds.spi.Rows.NOW;
import static dev.matrix.refunds.spi.Rows.amount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.StorageException;
import dev.matrix.core.spi.Stores;
import dev.matrix.refunds.spi.AccountCreditStore.EntryKind;
import dev.matrix.refunds.spi.AccountCreditStore.EntryRow;
import dev.matrix.refunds.spi.RefundLedgerStore.PostingRow;
import dev.matrix.testkit.StoreContract;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link RefundLedgerStore} and every {@link AccountCreditStore} promises. */
public interface RefundMoneyStoresContract extends StoreContract {

    @Test
    @Tag("R23")
    default void postingsAreMadeOnceAndListedInOrder() {
        Stores stores = stores();
        RefundLedgerStore ledger = stores.get(RefundLedgerStore.class);
        PostingRow one = new PostingRow("rfl_1", "settled", "REFUNDS", "USD", amount("-5"), "pay_1", "ref_1", NOW);
        PostingRow two =
                new PostingRow("rfl_1", "settled", "PROVIDER_BALANCE", "USD", amount("5"), "pay_1", "ref_1", NOW);
        stores.transactions().inTransaction(tx -> {
            ledger.post(tx, List.of(one, two));
            assertThat(ledger.ofPayment(tx, "pay_1"))
                    .extracting(PostingRow::account)
                    .containsExactly("PROVIDER_BALANCE", "REFUNDS");
            assertThat(ledger.ofPayment(tx, "pay_2")).isEmpty();
        });
        assertThatThrownBy(() -> stores.transactions().inTransaction(tx -> ledger.post(tx, List.of(one))))
                .isInstanceOf(StorageException.class);
    }

    @Test
    @Tag("R36")
    @Tag("A36")
    default void balancesNeverGoBelowZeroAndEntriesAreMadeOnce() {
        Stores stores = stores();
        AccountCreditStore credits = stores.get(AccountCreditStore.class);
        stores.transactions().inTransaction(tx -> {
            EntryRow entry = new EntryRow(ALICE, EntryKind.REFUND, "rfl_1", "USD", amount("10"), NOW);
            assertThat(credits.insert(tx, entry)).isTrue();
            assertThat(credits.insert(tx, entry)).isFalse();
            assertThat(credits.find(tx, ALICE, EntryKind.SPENT, "rfl_1")).isEmpty();
            assertThat(credits.find(tx, ALICE, EntryKind.REFUND, "rfl_1")
                            .orElseThrow()
                            .amount())
                    .isEqualByComparingTo("10");
            assertThat(credits.move(tx, ALICE, "USD", amount("10"))).isTrue();
            assertThat(credits.move(tx, ALICE, "USD", amount("-6"))).isTrue();
            assertThat(credits.move(tx, ALICE, "USD", amount("-6"))).isFalse();
            assertThat(credits.move(tx, BOB, "USD", amount("-1"))).isFalse();
            assertThat(credits.balances(tx, ALICE).get("USD")).isEqualByComparingTo("4");
            assertThat(credits.balances(tx, BOB)).isEmpty();
        });
    }
}
