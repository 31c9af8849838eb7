package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.spi.ComponentRow;
import dev.matrix.tax.spi.TaxReversalStore;
import dev.matrix.tax.spi.TaxTransactionStore;
import java.time.LocalDate;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much is read, whatever the size of a document: each row and each former reversal once. */
@Tag("TA9")
class ReversalWorkTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();

    /** A list whose elements' reads are counted. */
    private static final class Counted<E> extends AbstractList<E> {

        private final List<E> elements;
        private final AtomicLong reads;

        Counted(List<E> elements, AtomicLong reads) {
            this.elements = elements;
            this.reads = reads;
        }

        @Override
        public E get(int index) {
            reads.incrementAndGet();
            return elements.get(index);
        }

        @Override
        public int size() {
            return elements.size();
        }
    }

    private final class CountingTransactions implements TaxTransactionStore {

        private final TaxTransactionStore store;

        CountingTransactions(TaxTransactionStore store) {
            this.store = store;
        }

        @Override
        public boolean insert(Tx tx, TransactionRow row, Heading heading, List<ComponentRow> components) {
            return store.insert(tx, row, heading, components);
        }

        @Override
        public Optional<TransactionRow> find(Tx tx, String id) {
            calls.incrementAndGet();
            return store.find(tx, id);
        }

        @Override
        public Optional<TransactionRow> findByReference(Tx tx, String sellerId, String reference) {
            calls.incrementAndGet();
            return store.findByReference(tx, sellerId, reference);
        }

        @Override
        public Page<TransactionRow> page(Tx tx, String sellerId, @Nullable Owner owner, PageRequest page) {
            return store.page(tx, sellerId, owner, page);
        }

        @Override
        public List<String> relyingOn(Tx tx, TaxId id, int limit) {
            return store.relyingOn(tx, id, limit);
        }

        @Override
        public List<ComponentRow> lock(Tx tx, String transactionId) {
            calls.incrementAndGet();
            return new Counted<>(store.lock(tx, transactionId), rows);
        }

        @Override
        public void update(Tx tx, String transactionId, List<ComponentRow> components) {
            calls.incrementAndGet();
            store.update(tx, transactionId, new Counted<>(components, rows));
        }

        @Override
        public void replace(Tx tx, TransactionRow row) {
            store.replace(tx, row);
        }

        @Override
        public List<SumRow> summary(Tx tx, String sellerId, LocalDate from, LocalDate to) {
            return store.summary(tx, sellerId, from, to);
        }
    }

    private final class CountingReversals implements TaxReversalStore {

        private final TaxReversalStore store;

        CountingReversals(TaxReversalStore store) {
            this.store = store;
        }

        @Override
        public boolean insert(Tx tx, ReversalRow row) {
            calls.incrementAndGet();
            return store.insert(tx, row);
        }

        @Override
        public Optional<ReversalRow> find(Tx tx, String sellerId, String reference) {
            calls.incrementAndGet();
            return store.find(tx, sellerId, reference);
        }

        @Override
        public List<ReversalRow> of(Tx tx, String transactionId) {
            calls.incrementAndGet();
            return store.of(tx, transactionId);
        }

        @Override
        public boolean undo(Tx tx, String id, String undoneBy) {
            return store.undo(tx, id, undoneBy);
        }
    }

    private Stores counting() {
        Stores stores = Stores.inMemory();
        return stores.with(TaxTransactionStore.class, new CountingTransactions(stores.get(TaxTransactionStore.class)))
                .with(TaxReversalStore.class, new CountingReversals(stores.get(TaxReversalStore.class)));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1_000, 10_000})
    void aFlatReversalReadsEachRowTwiceAtMostHoweverManyThereAre(int lines) {
        try (Shop shop = Shop.over(counting(), Shop.german(), wiring -> wiring)) {
            String[] amounts = new String[lines];
            Arrays.fill(amounts, "1.37");
            TaxRequest request = shop.invoice("EUR", DAY, Buyer.consumer(Address.of("DE")))
                    .items(Shop.items(AmountKind.NET, "EUR", amounts))
                    .build();
            TaxTransaction sale =
                    shop.taxes.commit(shop.taxes.calculate(request).orThrow(), "1");
            for (int part = 1; part <= 3; part++) {
                calls.set(0);
                rows.set(0);

                TaxTransaction after =
                        shop.taxes.reverse(sale.id(), new Reversal.Flat("r" + part, Money.of("5.00", "EUR")));

                assertThat(after.reversals()).hasSize(part);
                // The lock, the transaction, the reference, the former reversals, the sums, the reversal itself.
                assertThat(calls).hasValue(6);
                // A line has a row of its own and one of its tax: what was locked, and what was written.
                assertThat(rows.get()).isLessThanOrEqualTo(2L * 2 * lines);
            }
        }
    }
}
