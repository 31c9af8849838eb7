package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.SubjectKeyStore;
import dev.matrix.core.spi.SubjectKeyStore.SubjectKeyRow;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a {@link SubjectKeyStore} promises. */
public interface SubjectKeyStoreContract extends StoreContract {

    /** Two persons of one id, told apart by their owners. */
    private static SubjectKeyRow row(Owner owner, String pseudonym, int version) {
        return new SubjectKeyRow(pseudonym, owner, "Zoë 💶", wrapped(version), version, StoreUnderTest.START);
    }

    private static byte[] wrapped(int version) {
        return new byte[] {(byte) version, 0, -1};
    }

    private static SubjectKeyRow ada(int version) {
        return row(Owner.user("u_1"), "0a".repeat(16), version);
    }

    private static SubjectKeyRow bob(int version) {
        return row(Owner.partner("u_1"), "0b".repeat(16), version);
    }

    private StoreUnderTest<SubjectKeyStore> with(SubjectKeyRow... rows) {
        StoreUnderTest<SubjectKeyStore> keys = StoreUnderTest.of(this, SubjectKeyStore.class);
        keys.run((tx, store) -> List.of(rows)
                .forEach(row -> assertThat(store.insertIfAbsent(tx, row)).isTrue()));
        return keys;
    }

    private static Optional<SubjectKeyRow> find(StoreUnderTest<SubjectKeyStore> keys, Owner owner) {
        return keys.get((tx, store) -> store.find(tx, owner, "Zoë 💶"));
    }

    private static Optional<SubjectKeyRow> byPseudonym(StoreUnderTest<SubjectKeyStore> keys, SubjectKeyRow row) {
        return keys.get((tx, store) -> store.byPseudonym(tx, row.pseudonym()));
    }

    private static void assertSame(Optional<SubjectKeyRow> found, SubjectKeyRow expected) {
        assertThat(found).get().usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    default void aKeyIsFoundByItsPersonAndByItsPseudonym() {
        StoreUnderTest<SubjectKeyStore> keys = with(ada(1), bob(1));

        assertSame(find(keys, Owner.user("u_1")), ada(1));
        assertSame(find(keys, Owner.partner("u_1")), bob(1));
        assertSame(byPseudonym(keys, bob(1)), bob(1));
        assertThat(find(keys, Owner.user("u_2"))).isEmpty();
        assertThat(keys.<Optional<SubjectKeyRow>>get((tx, store) -> store.byPseudonym(tx, "0c".repeat(16))))
                .isEmpty();
    }

    @Test
    default void aPersonHasOneKey() {
        StoreUnderTest<SubjectKeyStore> keys = with(ada(1));
        SubjectKeyRow second = row(Owner.user("u_1"), "0d".repeat(16), 2);

        assertThat(keys.<Boolean>get((tx, store) -> store.insertIfAbsent(tx, second)))
                .isFalse();

        assertSame(find(keys, Owner.user("u_1")), ada(1));
        assertThat(byPseudonym(keys, second)).isEmpty();
    }

    @Test
    default void ofNodesThatInsertAtOnceOneWins() {
        StoreUnderTest<SubjectKeyStore> keys = with();
        CountDownLatch go = new CountDownLatch(1);
        List<OtherThread<Boolean>> nodes = IntStream.range(0, 4)
                .mapToObj(n -> OtherThread.running(() -> {
                    OtherThread.await(go);
                    SubjectKeyRow row = row(Owner.user("u_1"), ("0" + n).repeat(16), 1);
                    return keys.get((tx, store) -> store.insertIfAbsent(tx, row));
                }))
                .toList();

        go.countDown();

        assertThat(nodes.stream().filter(OtherThread::join)).hasSize(1);
    }

    @Test
    default void aDestroyedKeyLeavesItsPseudonymAlone() {
        StoreUnderTest<SubjectKeyStore> keys = with(ada(1), bob(1));

        assertThat(keys.<Boolean>get((tx, store) -> store.destroy(tx, Owner.user("u_1"), "Zoë 💶")))
                .isTrue();

        assertThat(find(keys, Owner.user("u_1"))).isEmpty();
        assertSame(
                byPseudonym(keys, ada(1)),
                new SubjectKeyRow(ada(1).pseudonym(), null, null, null, 1, StoreUnderTest.START));
        assertSame(find(keys, Owner.partner("u_1")), bob(1));
        assertThat(keys.<Boolean>get((tx, store) -> store.destroy(tx, Owner.user("u_1"), "Zoë 💶")))
                .isFalse();
    }

    @Test
    default void aKeyIsDestroyedByItsPseudonymOnce() {
        StoreUnderTest<SubjectKeyStore> keys = with(ada(1), bob(1));

        assertThat(keys.<Boolean>get((tx, store) -> store.destroyByPseudonym(tx, ada(1).pseudonym())))
                .isTrue();

        assertThat(find(keys, Owner.user("u_1"))).isEmpty();
        assertSame(
                byPseudonym(keys, ada(1)),
                new SubjectKeyRow(ada(1).pseudonym(), null, null, null, 1, StoreUnderTest.START));
        assertSame(find(keys, Owner.partner("u_1")), bob(1));
        assertThat(keys.<Boolean>get((tx, store) -> store.destroyByPseudonym(tx, ada(1).pseudonym())))
                .as("a second time changes nothing")
                .isFalse();
        assertThat(keys.<Boolean>get((tx, store) -> store.destroyByPseudonym(tx, "none")))
                .isFalse();
    }

    @Test
    default void aPersonCanComeBackUnderANewPseudonym() {
        StoreUnderTest<SubjectKeyStore> keys = with(ada(1));
        SubjectKeyRow again = row(Owner.user("u_1"), "0e".repeat(16), 2);
        keys.run((tx, store) -> store.destroy(tx, Owner.user("u_1"), "Zoë 💶"));

        assertThat(keys.<Boolean>get((tx, store) -> store.insertIfAbsent(tx, again)))
                .isTrue();

        assertSame(find(keys, Owner.user("u_1")), again);
    }

    @Test
    default void keysOfOlderVersionsAreListedUntilRewrapped() {
        StoreUnderTest<SubjectKeyStore> keys = with(ada(1), bob(2), row(Owner.user("u_9"), "09".repeat(16), 1));
        keys.run((tx, store) -> store.destroy(tx, Owner.user("u_9"), "Zoë 💶"));

        assertThat(older(keys, 1, 10)).isEmpty();
        assertThat(older(keys, 2, 10)).containsExactly(ada(1).pseudonym());
        assertThat(older(keys, 3, 10)).containsExactlyInAnyOrder(ada(1).pseudonym(), bob(2).pseudonym());
        assertThat(older(keys, 3, 1)).hasSize(1);
    }

    private static List<String> older(StoreUnderTest<SubjectKeyStore> keys, int version, int limit) {
        return keys.get((tx, store) -> store.wrappedBefore(tx, version, limit).stream()
                .map(SubjectKeyRow::pseudonym)
                .toList());
    }

    @Test
    default void aKeyIsRewrappedOnlyFromTheExpectedVersion() {
        StoreUnderTest<SubjectKeyStore> keys = with(ada(1), bob(1));
        keys.run((tx, store) -> store.destroy(tx, Owner.partner("u_1"), "Zoë 💶"));

        assertThat(keys.<Boolean>get((tx, store) -> store.rewrap(tx, ada(1).pseudonym(), 1, wrapped(2), 2)))
                .isTrue();
        assertThat(keys.<Boolean>get((tx, store) -> store.rewrap(tx, ada(1).pseudonym(), 1, wrapped(3), 3)))
                .isFalse();
        assertThat(keys.<Boolean>get((tx, store) -> store.rewrap(tx, bob(1).pseudonym(), 1, wrapped(2), 2)))
                .as("a destroyed key has nothing to wrap")
                .isFalse();

        assertSame(find(keys, Owner.user("u_1")), ada(2));
    }
}
