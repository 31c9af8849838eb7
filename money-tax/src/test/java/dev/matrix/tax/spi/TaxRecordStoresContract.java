package dev.matrix.tax.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.TaxRegistration;
import dev.matrix.tax.spi.TaxExemptionStore.ExemptionRow;
import dev.matrix.tax.spi.TaxReversalStore.ReversalRow;
import dev.matrix.tax.spi.TaxRuleStore.RuleRow;
import dev.matrix.tax.spi.TaxTurnoverStore.CrossingRow;
import dev.matrix.tax.spi.TaxTurnoverStore.TurnoverRow;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the smaller stores of tax promise. */
public interface TaxRecordStoresContract extends StoreContract {

    private static Instant at(int seconds) {
        return StoreUnderTest.START.plusSeconds(seconds);
    }

    private static TurnoverRow turnover(String counts, String month, String amount, int sales) {
        return new TurnoverRow(counts, YearMonth.parse(month), "EUR", new BigDecimal(amount), sales);
    }

    @Test
    default void rulesAreKeptAndTheirVersionRises() {
        StoreUnderTest<TaxRuleStore> store = StoreUnderTest.of(this, TaxRuleStore.class);
        assertThat(store.<Long>get((tx, s) -> s.version(tx))).isZero();
        store.run((tx, s) ->
                s.insert(tx, List.of(new RuleRow("u1", "{}", at(1), null), new RuleRow("u2", "{}", at(1), null))));
        assertThat(store.<Long>get((tx, s) -> s.version(tx))).isEqualTo(1);
        assertThat(store.<Boolean>get((tx, s) -> s.supersede(tx, "u1", at(2)))).isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.supersede(tx, "u1", at(3)))).isFalse();
        assertThat(store.<Boolean>get((tx, s) -> s.supersede(tx, "u9", at(3)))).isFalse();
        store.run((tx, s) -> s.insert(tx, List.of(new RuleRow("u3", "{\"a\":1}", at(4), null))));
        assertThat(store.<Long>get((tx, s) -> s.version(tx))).isEqualTo(2);
        assertThat(store.<List<RuleRow>>get((tx, s) -> s.changedAfter(tx, -1)))
                .containsExactly(
                        new RuleRow("u1", "{}", at(1), at(2)),
                        new RuleRow("u2", "{}", at(1), null),
                        new RuleRow("u3", "{\"a\":1}", at(4), null));
        assertThat(store.<List<RuleRow>>get((tx, s) -> s.changedAfter(tx, 1)))
                .extracting(RuleRow::id)
                .containsExactly("u1", "u3");
        assertThat(store.<List<RuleRow>>get((tx, s) -> s.changedAfter(tx, 2))).isEmpty();
    }

    @Test
    default void aRegistrationReplacesTheOneOfTheSameFirstDay() {
        StoreUnderTest<TaxRegistrationStore> store = StoreUnderTest.of(this, TaxRegistrationStore.class);
        LocalDate day = LocalDate.of(2026, 1, 1);
        TaxRegistration open = TaxRegistration.local("DE", TaxId.parse("DE314159262"), day);
        TaxRegistration closed = new TaxRegistration("DE", open.scheme(), null, day, day.plusDays(9));
        store.run((tx, s) -> s.put(tx, "acme", open));
        store.run((tx, s) -> s.put(tx, "other", open));
        store.run((tx, s) -> s.put(tx, "acme", TaxRegistration.unionOss(day)));
        assertThat(store.<List<TaxRegistration>>get((tx, s) -> s.list(tx, "acme")))
                .containsExactly(open, TaxRegistration.unionOss(day));
        store.run((tx, s) -> s.put(tx, "acme", closed));
        assertThat(store.<List<TaxRegistration>>get((tx, s) -> s.list(tx, "acme")))
                .containsExactly(closed, TaxRegistration.unionOss(day));
        assertThat(store.<List<TaxRegistration>>get((tx, s) -> s.list(tx, "nobody")))
                .isEmpty();
        store.run((tx, s) -> s.replace(tx, "acme", List.of(open)));
        assertThat(store.<List<TaxRegistration>>get((tx, s) -> s.list(tx, "acme")))
                .containsExactly(open);
        assertThat(store.<List<TaxRegistration>>get((tx, s) -> s.list(tx, "other")))
                .containsExactly(open);
    }

    private static ExemptionRow exemption(String id, String holder, long version, @Nullable LocalDate lastDay) {
        return new ExemptionRow(id, Owner.user(holder), version, lastDay, "{\"v\":" + version + "}");
    }

    @Test
    default void anExemptionIsReplacedByItsVersionAndListedByHolderAndEnd() {
        StoreUnderTest<TaxExemptionStore> store = StoreUnderTest.of(this, TaxExemptionStore.class);
        LocalDate day = LocalDate.of(2026, 6, 30);
        store.run((tx, s) -> s.insert(tx, exemption("e1", "ada", 1, day)));
        store.run((tx, s) -> s.insert(tx, exemption("e2", "ada", 1, null)));
        store.run((tx, s) -> s.insert(tx, exemption("e3", "bob", 1, day.plusDays(1))));
        assertThat(store.<Boolean>get((tx, s) -> s.replaceIfVersion(tx, exemption("e1", "ada", 2, day))))
                .isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.replaceIfVersion(tx, exemption("e1", "ada", 2, day))))
                .isFalse();
        assertThat(store.<Optional<ExemptionRow>>get((tx, s) -> s.find(tx, "e1")))
                .contains(exemption("e1", "ada", 2, day));
        assertThat(store.<List<ExemptionRow>>get((tx, s) -> s.of(tx, Owner.user("ada"))))
                .extracting(ExemptionRow::id)
                .containsExactly("e1", "e2");
        assertThat(store.get((tx, s) -> s.page(tx, Owner.user("ada"), null, PageRequest.first(1)))
                        .nextCursor())
                .isEqualTo("e1");
        assertThat(store.get((tx, s) -> s.page(tx, null, day.plusDays(1), PageRequest.first(9)))
                        .items())
                .extracting(ExemptionRow::id)
                .containsExactly("e1");
        assertThat(store.get((tx, s) -> s.page(tx, null, null, PageRequest.after("e1", 9)))
                        .items())
                .extracting(ExemptionRow::id)
                .containsExactly("e2", "e3");
    }

    @Test
    default void aCalculationIsFoundUntilItExpires() {
        StoreUnderTest<TaxCalculationStore> store = StoreUnderTest.of(this, TaxCalculationStore.class);
        store.run((tx, s) -> s.insert(tx, "c1", "{}", at(10)));
        store.run((tx, s) -> s.insert(tx, "c2", "{}", at(10)));
        store.run((tx, s) -> s.insert(tx, "c3", "{}", at(20)));
        assertThat(store.<Optional<String>>get((tx, s) -> s.find(tx, "c1", at(9))))
                .contains("{}");
        assertThat(store.<Optional<String>>get((tx, s) -> s.find(tx, "c1", at(10))))
                .isEmpty();
        assertThat(store.<Integer>get((tx, s) -> s.purge(tx, at(10), 1))).isEqualTo(1);
        assertThat(store.<Integer>get((tx, s) -> s.purge(tx, at(10), 9))).isEqualTo(1);
        assertThat(store.<Integer>get((tx, s) -> s.purge(tx, at(10), 9))).isZero();
        assertThat(store.<Optional<String>>get((tx, s) -> s.find(tx, "c3", at(19))))
                .isPresent();
    }

    private static ReversalRow reversal(String id, String reference, @Nullable String undoneBy) {
        return new ReversalRow(id, "t1", "acme", reference, at(1), undoneBy, "{}");
    }

    @Test
    default void aReversalsReferenceIsTakenOnceAndItIsUndoneOnce() {
        StoreUnderTest<TaxReversalStore> store = StoreUnderTest.of(this, TaxReversalStore.class);
        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, reversal("r1", "a", null))))
                .isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, reversal("r2", "a", null))))
                .isFalse();
        store.run((tx, s) -> s.insert(tx, reversal("r3", "b", null)));
        assertThat(store.<Boolean>get((tx, s) -> s.undo(tx, "r1", "r3"))).isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.undo(tx, "r1", "r4"))).isFalse();
        assertThat(store.<List<ReversalRow>>get((tx, s) -> s.of(tx, "t1")))
                .containsExactly(reversal("r1", "a", "r3"), reversal("r3", "b", null));
        assertThat(store.<Optional<ReversalRow>>get((tx, s) -> s.find(tx, "acme", "b")))
                .contains(reversal("r3", "b", null));
        assertThat(store.<Optional<ReversalRow>>get((tx, s) -> s.find(tx, "other", "b")))
                .isEmpty();
    }

    /** Months and currencies are rows of their own, so their sum is nobody's row: who holds the lock sees all of them. */
    @Test
    @Tag("TD9")
    default void whoHasTheLockReadsWhatOthersHaveAddedBeforeThey() {
        StoreUnderTest.assumeConcurrent(this);
        StoreUnderTest<TaxTurnoverStore> store = StoreUnderTest.of(this, TaxTurnoverStore.class);
        CountDownLatch added = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(1);
        OtherThread<Integer> first = OtherThread.running(() -> store.get((tx, s) -> {
            s.lock(tx, "acme", Set.of("AU", "WORLD"));
            s.add(tx, "acme", List.of(turnover("AU", "2026-02", "1", 1)));
            added.countDown();
            OtherThread.await(waiting);
            return s.since(tx, "acme", Set.of("AU"), YearMonth.of(2026, 1)).size();
        }));
        OtherThread.await(added);
        OtherThread<Integer> second = OtherThread.running(() -> store.get((tx, s) -> {
            waiting.countDown();
            s.lock(tx, "acme", Set.of("AU"));
            s.add(tx, "acme", List.of(turnover("AU", "2026-03", "1", 1)));
            return s.since(tx, "acme", Set.of("AU"), YearMonth.of(2026, 1)).size();
        }));

        assertThat(first.join()).isEqualTo(1);
        assertThat(second.join()).isEqualTo(2);
    }

    @Test
    default void turnoversAddUpByMonthAndCrossingsHappenOnce() {
        StoreUnderTest<TaxTurnoverStore> store = StoreUnderTest.of(this, TaxTurnoverStore.class);
        store.run((tx, s) -> s.add(
                tx, "acme", List.of(turnover("WORLD", "2026-03", "10.5", 1), turnover("AU", "2026-03", "10.5", 1))));
        store.run((tx, s) ->
                s.add(tx, "acme", List.of(turnover("AU", "2026-03", "-0.5", 0), turnover("AU", "2026-04", "1", 1))));
        store.run((tx, s) -> s.add(tx, "acme2", List.of(turnover("AU", "2026-03", "7", 1))));
        List<TurnoverRow> since = store.get((tx, s) -> s.since(tx, "acme", null, YearMonth.of(2026, 3)));
        assertThat(since).hasSize(3);
        assertThat(since.get(0).counts()).isEqualTo("AU");
        assertThat(since.get(0).amount()).isEqualByComparingTo("10");
        assertThat(since.get(0).sales()).isEqualTo(1);
        assertThat(store.<List<TurnoverRow>>get((tx, s) -> s.since(tx, "acme", null, YearMonth.of(2026, 4))))
                .hasSize(1);
        assertThat(store.<List<TurnoverRow>>get(
                        (tx, s) -> s.since(tx, "acme", Set.of("WORLD", "NZ"), YearMonth.of(2026, 3))))
                .extracting(TurnoverRow::counts)
                .containsExactly("WORLD");
        assertThat(store.<Boolean>get((tx, s) -> s.cross(tx, "acme", "AU", "2026")))
                .isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.cross(tx, "acme", "AU", "2026")))
                .isFalse();
        assertThat(store.<Boolean>get((tx, s) -> s.cross(tx, "acme", "AU", "2027")))
                .isTrue();
        store.run((tx, s) -> s.cross(tx, "acme2", "NZ", "2026"));
        assertThat(store.<List<CrossingRow>>get((tx, s) -> s.crossings(tx, "acme")))
                .containsExactly(new CrossingRow("AU", "2026"), new CrossingRow("AU", "2027"));
    }
}
