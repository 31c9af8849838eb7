package dev.matrix.tax.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.TaxIdStatus;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link TaxIdStore} promises. */
@Tag("I3")
public interface TaxIdStoreContract extends StoreContract {

    TaxId GERMAN = TaxId.parse("DE314159262");
    TaxId DANISH = TaxId.parse("DK31415926");

    private StoreUnderTest<TaxIdStore> store() {
        return StoreUnderTest.of(this, TaxIdStore.class);
    }

    private static Instant at(long second) {
        return StoreUnderTest.START.plusSeconds(second);
    }

    private static TaxIdRow due(TaxId id, @Nullable Instant at) {
        return new TaxIdRow(id, 1, TaxIdStatus.UNAVAILABLE, null, null, null, null, null, null, 0, at);
    }

    private static Optional<TaxIdRow> find(StoreUnderTest<TaxIdStore> store, TaxId id) {
        return store.get((tx, rows) -> rows.find(tx, id));
    }

    private static List<TaxId> due(
            StoreUnderTest<TaxIdStore> store, Instant now, Collection<String> prefixes, int limit) {
        List<TaxIdRow> due = store.get((tx, rows) -> rows.due(tx, now, prefixes, limit));
        return due.stream().map(TaxIdRow::id).toList();
    }

    private static Optional<Instant> nextDue(StoreUnderTest<TaxIdStore> store, Collection<String> prefixes) {
        return store.get((tx, rows) -> rows.nextDue(tx, prefixes));
    }

    private static List<Owner> watchers(StoreUnderTest<TaxIdStore> store, TaxId id) {
        return store.get((tx, rows) -> rows.watchers(tx, id));
    }

    @Test
    default void aRowIsFoundAsItWasWritten() {
        StoreUnderTest<TaxIdStore> store = store();
        TaxIdRow full = new TaxIdRow(
                GERMAN,
                7,
                TaxIdStatus.UNAVAILABLE,
                at(5),
                "WAPIAAAAXYZ1234",
                DANISH,
                TaxIdStatus.VALID,
                at(4),
                at(3),
                2,
                at(9));
        TaxIdRow bare = TaxIdRow.pending(DANISH, at(0));

        store.run((tx, rows) -> {
            assertThat(rows.insert(tx, full)).isTrue();
            assertThat(rows.insert(tx, bare)).isTrue();
        });

        assertThat(find(store, GERMAN)).contains(full);
        assertThat(find(store, DANISH)).contains(bare);
        assertThat(find(store, TaxId.parse("DE314159263"))).isEmpty();
    }

    @Test
    default void anIdHasOneRow() {
        StoreUnderTest<TaxIdStore> store = store();
        TaxIdRow first = TaxIdRow.pending(GERMAN, at(0));
        store.run((tx, rows) -> rows.insert(tx, first));

        assertThat(store.<Boolean>get((tx, rows) -> rows.insert(tx, TaxIdRow.pending(GERMAN, at(9)))))
                .isFalse();
        assertThat(find(store, GERMAN)).contains(first);
    }

    @Test
    default void aChangeHoldsOnlyAtItsVersion() {
        StoreUnderTest<TaxIdStore> store = store();
        TaxIdRow first = TaxIdRow.pending(GERMAN, at(0));
        store.run((tx, rows) -> rows.insert(tx, first));
        TaxIdRow changed = due(GERMAN, null);

        assertThat(store.<Boolean>get((tx, rows) -> rows.replaceIfVersion(tx, changed)))
                .isTrue();
        assertThat(store.<Boolean>get((tx, rows) -> rows.replaceIfVersion(tx, first)))
                .isFalse();
        assertThat(store.<Boolean>get((tx, rows) -> rows.replaceIfVersion(tx, TaxIdRow.pending(DANISH, at(0)))))
                .isFalse();
        assertThat(find(store, GERMAN)).contains(changed.withVersion(2));
    }

    @Test
    default void ofTwoChangesAtOnceOneHolds() {
        StoreUnderTest.assumeConcurrent(this);
        StoreUnderTest<TaxIdStore> store = store();
        TaxIdRow first = TaxIdRow.pending(GERMAN, at(0));
        store.run((tx, rows) -> rows.insert(tx, first));

        OtherThread<Boolean> other = store.get((tx, rows) -> {
            assertThat(rows.replaceIfVersion(tx, first)).isTrue();
            return OtherThread.running(() -> store.<Boolean>get((tx2, rows2) -> rows2.replaceIfVersion(tx2, first)));
        });

        assertThat(other.join()).isFalse();
    }

    @Test
    default void whatIsDueComesInOrderAndByPrefix() {
        StoreUnderTest<TaxIdStore> store = store();
        TaxId french = TaxId.parse("FR87314159260");
        TaxId later = TaxId.parse("DE136695976");
        store.run((tx, rows) -> {
            rows.insert(tx, due(GERMAN, at(20)));
            rows.insert(tx, due(DANISH, at(10)));
            rows.insert(tx, due(later, at(31)));
            rows.insert(tx, due(french, null));
        });
        Set<String> all = Set.of("DE", "DK", "FR");

        assertThat(due(store, at(30), all, 9)).containsExactly(DANISH, GERMAN);
        assertThat(due(store, at(31), all, 2)).containsExactly(DANISH, GERMAN);
        assertThat(due(store, at(31), Set.of("DE", "FR"), 9)).containsExactly(GERMAN, later);
        assertThat(due(store, at(31), Set.of(), 9)).isEmpty();
        assertThat(nextDue(store, all)).contains(at(10));
        assertThat(nextDue(store, Set.of("DE"))).contains(at(20));
        assertThat(nextDue(store, Set.of("FR"))).isEmpty();
    }

    @Test
    default void anOwnerWatchesAnIdOnce() {
        StoreUnderTest<TaxIdStore> store = store();
        Owner ada = Owner.user("ada");
        Owner acme = Owner.partner("acme");

        assertThat(store.<Boolean>get((tx, rows) -> rows.watch(tx, GERMAN, acme)))
                .isTrue();
        assertThat(store.<Boolean>get((tx, rows) -> rows.watch(tx, GERMAN, ada)))
                .isTrue();
        assertThat(store.<Boolean>get((tx, rows) -> rows.watch(tx, GERMAN, ada)))
                .isFalse();

        assertThat(watchers(store, GERMAN)).containsExactly(ada, acme);
        assertThat(watchers(store, DANISH)).isEmpty();
        assertThat(store.<Boolean>get((tx, rows) -> rows.unwatch(tx, GERMAN, ada)))
                .isTrue();
        assertThat(store.<Boolean>get((tx, rows) -> rows.unwatch(tx, GERMAN, ada)))
                .isFalse();
        assertThat(watchers(store, GERMAN)).containsExactly(acme);
    }

    @Test
    default void whatIsRolledBackWasNever() {
        StoreUnderTest<TaxIdStore> store = store();

        store.rollBack((tx, rows) -> {
            rows.insert(tx, TaxIdRow.pending(GERMAN, at(0)));
            rows.watch(tx, GERMAN, Owner.user("ada"));
        });

        assertThat(find(store, GERMAN)).isEmpty();
        assertThat(watchers(store, GERMAN)).isEmpty();
    }
}
