package dev.matrix.tax.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.spi.TaxTransactionStore.Heading;
import dev.matrix.tax.spi.TaxTransactionStore.SumRow;
import dev.matrix.tax.spi.TaxTransactionStore.TransactionRow;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a {@link TaxTransactionStore} promises. */
public interface TaxTransactionStoreContract extends StoreContract {

    private StoreUnderTest<TaxTransactionStore> store() {
        return StoreUnderTest.of(this, TaxTransactionStore.class);
    }

    private static TransactionRow row(String id, String reference) {
        return new TransactionRow(
                id, "acme", Owner.user("u_" + id), reference, StoreUnderTest.START, "{\"of\":\"" + id + "\"}");
    }

    private static Heading heading(int day, int sign) {
        return heading(day, sign, Set.of());
    }

    private static Heading heading(int day, int sign, Set<TaxId> reliedOn) {
        return new Heading("acme", LocalDate.of(2026, 3, day), sign, "EUR", reliedOn);
    }

    private static ComponentRow component(int line, int no, @Nullable String rate, String base, String tax) {
        return new ComponentRow(
                line,
                no,
                "l" + line,
                no == 0 ? "" : "DE",
                no == 0 ? "LINE" : "VAT",
                rate == null ? null : new BigDecimal(rate),
                no == 0 ? "" : "STANDARD",
                no == 0 ? null : "S",
                new BigDecimal(base),
                new BigDecimal(tax),
                BigDecimal.ZERO,
                BigDecimal.ZERO);
    }

    private static List<ComponentRow> components() {
        return List.of(
                component(0, 0, null, "100", "19"),
                component(0, 1, "19", "100", "19"),
                component(1, 0, null, "10", "0.7"),
                component(1, 1, "7", "10", "0.7"));
    }

    @Test
    default void aTransactionIsFoundByIdAndByReference() {
        StoreUnderTest<TaxTransactionStore> store = store();
        TransactionRow row = row("t1", "inv-1");
        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, row, heading(1, 1), components())))
                .isTrue();
        assertThat(store.<Optional<TransactionRow>>get((tx, s) -> s.find(tx, "t1")))
                .contains(row);
        assertThat(store.<Optional<TransactionRow>>get((tx, s) -> s.findByReference(tx, "acme", "inv-1")))
                .contains(row);
        assertThat(store.<Optional<TransactionRow>>get((tx, s) -> s.findByReference(tx, "other", "inv-1")))
                .isEmpty();
        assertThat(store.<Optional<TransactionRow>>get((tx, s) -> s.find(tx, "t2")))
                .isEmpty();
        assertThat(store.<List<ComponentRow>>get((tx, s) -> s.lock(tx, "t1"))).isEqualTo(components());
    }

    @Test
    default void aTakenReferenceWritesNothing() {
        StoreUnderTest<TaxTransactionStore> store = store();
        store.run((tx, s) -> s.insert(tx, row("t1", "inv-1"), heading(1, 1), components()));
        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, row("t2", "inv-1"), heading(1, 1), components())))
                .isFalse();
        assertThat(store.<Optional<TransactionRow>>get((tx, s) -> s.find(tx, "t2")))
                .isEmpty();
        assertThat(store.<List<ComponentRow>>get((tx, s) -> s.lock(tx, "t2"))).isEmpty();
    }

    @Test
    default void whatRollsBackWasNever() {
        StoreUnderTest<TaxTransactionStore> store = store();
        store.rollBack((tx, s) -> s.insert(tx, row("t1", "inv-1"), heading(1, 1), components()));
        assertThat(store.<Optional<TransactionRow>>get((tx, s) -> s.find(tx, "t1")))
                .isEmpty();
        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, row("t2", "inv-1"), heading(1, 1), components())))
                .isTrue();
    }

    @Test
    default void aSummaryIsOfWhatIsLeftWithCreditNotesTakenOff() {
        StoreUnderTest<TaxTransactionStore> store = store();
        store.run((tx, s) -> s.insert(tx, row("t1", "inv-1"), heading(1, 1), components()));
        store.run((tx, s) -> s.insert(tx, row("t2", "inv-2"), heading(2, 1), components()));
        store.run((tx, s) -> s.insert(
                tx,
                row("t3", "cn-1"),
                heading(2, -1),
                List.of(component(0, 0, null, "10", "1.9"), component(0, 1, "19", "10", "1.9"))));
        store.run((tx, s) -> s.update(
                tx, "t1", List.of(s.lock(tx, "t1").get(1).reversed(new BigDecimal("50"), new BigDecimal("9.5")))));
        List<SumRow> sums =
                store.get((tx, s) -> s.summary(tx, "acme", LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 2)));
        assertThat(sums).hasSize(2);
        SumRow full = sums.stream()
                .filter(sum -> sum.rate() != null && sum.rate().compareTo(new BigDecimal("19")) == 0)
                .findFirst()
                .orElseThrow();
        assertThat(full.base()).isEqualByComparingTo("140");
        assertThat(full.tax()).isEqualByComparingTo("26.6");
        assertThat(store.<List<SumRow>>get(
                        (tx, s) -> s.summary(tx, "acme", LocalDate.of(2026, 3, 3), LocalDate.of(2026, 3, 4))))
                .isEmpty();
    }

    @Test
    default void whoReliedOnATaxIdIsFoundTheNewestFirst() {
        StoreUnderTest<TaxTransactionStore> store = store();
        TaxId french = TaxId.parse("FR87314159260");
        TaxId german = TaxId.parse("DE314159262");
        store.run((tx, s) -> s.insert(tx, row("t1", "1"), heading(1, 1, Set.of(french, german)), components()));
        store.run((tx, s) -> s.insert(tx, row("t2", "2"), heading(1, 1, Set.of(french)), components()));
        store.run((tx, s) -> s.insert(tx, row("t3", "3"), heading(1, 1), components()));
        store.run((tx, s) -> s.insert(tx, row("t4", "3"), heading(1, 1, Set.of(french)), components()));
        assertThat(store.<List<String>>get((tx, s) -> s.relyingOn(tx, french, 9)))
                .containsExactly("t2", "t1");
        assertThat(store.<List<String>>get((tx, s) -> s.relyingOn(tx, french, 1)))
                .containsExactly("t2");
        assertThat(store.<List<String>>get((tx, s) -> s.relyingOn(tx, german, 9)))
                .containsExactly("t1");
    }

    @Test
    default void pagesAreInTheOrderOfIds() {
        StoreUnderTest<TaxTransactionStore> store = store();
        for (String id : List.of("t3", "t1", "t2")) {
            store.run((tx, s) -> s.insert(tx, row(id, id), heading(1, 1), components()));
        }
        Page<TransactionRow> first = store.get((tx, s) -> s.page(tx, "acme", null, PageRequest.first(2)));
        assertThat(first.items()).extracting(TransactionRow::id).containsExactly("t1", "t2");
        assertThat(first.nextCursor()).isEqualTo("t2");
        assertThat(store.get((tx, s) -> s.page(tx, "acme", null, PageRequest.after("t2", 2)))
                        .items())
                .extracting(TransactionRow::id)
                .containsExactly("t3");
        assertThat(store.get((tx, s) -> s.page(tx, "acme", Owner.user("u_t2"), PageRequest.first(9)))
                        .items())
                .extracting(TransactionRow::id)
                .containsExactly("t2");
        assertThat(store.get((tx, s) -> s.page(tx, "other", null, PageRequest.first(9)))
                        .items())
                .isEmpty();
    }

    @Test
    default void whoLocksComponentsSeesWhatTheFormerHolderWrote() {
        StoreUnderTest.assumeConcurrent(this);
        StoreUnderTest<TaxTransactionStore> store = store();
        store.run((tx, s) -> s.insert(tx, row("t1", "inv-1"), heading(1, 1), components()));
        CountDownLatch locked = new CountDownLatch(1);
        OtherThread<Void> first = OtherThread.running(() -> {
            store.run((tx, s) -> {
                ComponentRow row = s.lock(tx, "t1").get(0);
                locked.countDown();
                s.update(tx, "t1", List.of(row.reversed(BigDecimal.ONE, BigDecimal.ONE)));
            });
            return null;
        });
        OtherThread.await(locked);
        store.run((tx, s) -> {
            ComponentRow row = s.lock(tx, "t1").get(0);
            s.update(tx, "t1", List.of(row.reversed(BigDecimal.ONE, BigDecimal.ONE)));
        });
        first.join();
        assertThat(store.get((tx, s) -> s.lock(tx, "t1")).get(0).reversedBase()).isEqualByComparingTo("2");
    }
}
