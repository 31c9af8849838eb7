package dev.matrix.security.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.security.spi.ApiKeyRow.State;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link ApiKeyStore} promises. */
public interface ApiKeyStoreContract extends StoreContract {

    Owner OWNER = Owner.user("u1");

    private static Instant at(long second) {
        return StoreUnderTest.START.plusSeconds(second);
    }

    private static ApiKeyRow row(String id, State state, @Nullable Instant end) {
        return new ApiKeyRow(
                id,
                OWNER,
                "name",
                "hash-" + id,
                "mtx_live_abc…wxyz",
                Set.of("a:read", "b:write"),
                state,
                at(0),
                "software:test",
                end,
                null);
    }

    @Test
    default void whatIsInsertedIsFoundAsItWas() {
        StoreUnderTest<ApiKeyStore> keys = StoreUnderTest.of(this, ApiKeyStore.class);
        ApiKeyRow row = row("k1", State.ACTIVE, at(9));
        keys.run((tx, store) -> store.insert(tx, row));

        assertThat(keys.<Optional<ApiKeyRow>>get((tx, store) -> store.find(tx, "k1")))
                .contains(row);
        assertThat(keys.<Optional<ApiKeyRow>>get((tx, store) -> store.findByHash(tx, "hash-k1")))
                .contains(row);
        assertThat(keys.<Optional<ApiKeyRow>>get((tx, store) -> store.findByHash(tx, "hash-k2")))
                .isEmpty();
        assertThat(keys.<Optional<ApiKeyRow>>get((tx, store) -> store.find(tx, "k2")))
                .isEmpty();
    }

    @Test
    default void onlyWhatIsStillAsSeenIsReplaced() {
        StoreUnderTest<ApiKeyStore> keys = StoreUnderTest.of(this, ApiKeyStore.class);
        ApiKeyRow endless = row("k1", State.ACTIVE, null);
        ApiKeyRow ending = endless.moved(State.ROTATING, at(9));
        keys.run((tx, store) -> store.insert(tx, endless));

        keys.run((tx, store) -> {
            assertThat(store.replaceIfSame(tx, ending, ending)).isFalse();
            assertThat(store.replaceIfSame(tx, endless.moved(State.ACTIVE, at(9)), ending))
                    .isFalse();
            assertThat(store.replaceIfSame(tx, endless, ending)).isTrue();
            assertThat(store.replaceIfSame(tx, endless, ending)).isFalse();
            assertThat(store.replaceIfSame(tx, ending, ending.moved(State.REVOKED, at(5))))
                    .isTrue();
        });
        assertThat(keys.<Optional<ApiKeyRow>>get((tx, store) -> store.find(tx, "k1")))
                .contains(ending.moved(State.REVOKED, at(5)));
    }

    @Test
    default void liveKeysAreThoseWhoseEndIsToCome() {
        StoreUnderTest<ApiKeyStore> keys = StoreUnderTest.of(this, ApiKeyStore.class);
        keys.run((tx, store) -> {
            store.insert(tx, row("k1", State.ACTIVE, null));
            store.insert(tx, row("k2", State.ACTIVE, at(5)));
            store.insert(tx, row("k3", State.ROTATING, at(7)));
            store.insert(tx, row("k4", State.REVOKED, at(9)));
        });

        assertThat(keys.<Integer>get((tx, store) -> store.countLive(tx, OWNER, at(4))))
                .isEqualTo(3);
        assertThat(keys.<Integer>get((tx, store) -> store.countLive(tx, OWNER, at(5))))
                .isEqualTo(2);
        assertThat(keys.<Integer>get((tx, store) -> store.countLive(tx, Owner.partner("u1"), at(4))))
                .isZero();
        assertThat(keys.<Integer>get((tx, store) -> store.countSince(tx, OWNER, at(0))))
                .isEqualTo(4);
        assertThat(keys.<Integer>get((tx, store) -> store.countSince(tx, OWNER, at(1))))
                .isZero();
        assertThat(keys.<List<ApiKeyRow>>get((tx, store) -> store.ended(tx, at(7), 9)))
                .extracting(ApiKeyRow::id)
                .containsExactly("k2", "k3");
        assertThat(keys.<List<ApiKeyRow>>get((tx, store) -> store.ended(tx, at(7), 1)))
                .extracting(ApiKeyRow::id)
                .containsExactly("k2");
    }

    @Test
    default void keysThatAreOverAreDeletedAndNoOthers() {
        StoreUnderTest<ApiKeyStore> keys = StoreUnderTest.of(this, ApiKeyStore.class);
        keys.run((tx, store) -> {
            store.insert(tx, row("k1", State.EXPIRED, at(5)));
            store.insert(tx, row("k2", State.REVOKED, at(6)));
            store.insert(tx, row("k3", State.ACTIVE, at(5)));
            store.insert(tx, row("k4", State.ACTIVE, null));
        });

        assertThat(keys.<Integer>get((tx, store) -> store.deleteEnded(tx, at(6), 9)))
                .isEqualTo(1);
        assertThat(keys.<Integer>get((tx, store) -> store.deleteEnded(tx, at(7), 9)))
                .isEqualTo(1);
        Page<ApiKeyRow> left = keys.get((tx, store) -> store.page(tx, OWNER, PageRequest.first(9)));
        assertThat(left.items()).extracting(ApiKeyRow::id).containsExactly("k3", "k4");
    }

    @Test
    default void anOwnersKeysArePagedInTheOrderOfIds() {
        StoreUnderTest<ApiKeyStore> keys = StoreUnderTest.of(this, ApiKeyStore.class);
        keys.run((tx, store) -> IntStream.of(3, 1, 2).forEach(i -> store.insert(tx, row("k" + i, State.ACTIVE, null))));

        Page<ApiKeyRow> first = keys.get((tx, store) -> store.page(tx, OWNER, PageRequest.first(2)));
        assertThat(first.items()).extracting(ApiKeyRow::id).containsExactly("k1", "k2");
        Page<ApiKeyRow> rest = keys.get((tx, store) -> store.page(tx, OWNER, new PageRequest(2, first.nextCursor())));
        assertThat(rest.items()).extracting(ApiKeyRow::id).containsExactly("k3");
        assertThat(rest.nextCursor()).isNull();
    }

    @Test
    default void theLastUseOnlyMovesOn() {
        StoreUnderTest<ApiKeyStore> keys = StoreUnderTest.of(this, ApiKeyStore.class);
        keys.run((tx, store) -> store.insert(tx, row("k1", State.ACTIVE, null)));
        keys.run((tx, store) -> store.used(tx, "k1", at(5)));
        keys.run((tx, store) -> store.used(tx, "k1", at(3)));
        keys.run((tx, store) -> store.used(tx, "none", at(3)));

        assertThat(keys.get((tx, store) -> store.find(tx, "k1")).orElseThrow().lastUsedAt())
                .isEqualTo(at(5));
    }

    @Test
    @Tag("G31")
    default void whatIsCountedUnderTheOwnersLockHoldsUntilTheCommit() {
        StoreUnderTest<ApiKeyStore> keys = StoreUnderTest.of(this, ApiKeyStore.class);
        List<OtherThread<Boolean>> callers = IntStream.range(0, 8)
                .mapToObj(i -> OtherThread.running(() -> keys.<Boolean>get((tx, store) -> {
                    store.lockOwner(tx, OWNER);
                    boolean room = store.countLive(tx, OWNER, at(0)) < 5;
                    if (room) {
                        store.insert(tx, row("k" + i, State.ACTIVE, null));
                    }
                    return room;
                })))
                .toList();

        assertThat(callers.stream().filter(OtherThread::join).count()).isEqualTo(5);
        assertThat(keys.<Integer>get((tx, store) -> store.countLive(tx, OWNER, at(0))))
                .isEqualTo(5);
    }
}
