package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.IdempotencyStore;
import dev.matrix.core.spi.IdempotencyStore.Claim;
import dev.matrix.core.spi.IdempotencyStore.IdempotencyRow;
import dev.matrix.core.spi.IdempotencyStore.Reply;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link IdempotencyStore} promises. */
public interface IdempotencyStoreContract extends StoreContract {

    private StoreUnderTest<IdempotencyStore> claims() {
        return StoreUnderTest.of(this, IdempotencyStore.class);
    }

    private static Instant at(long hours) {
        return StoreUnderTest.START.plus(Duration.ofHours(hours));
    }

    private static IdempotencyRow row(Owner account, String key, int content, long untilHour) {
        byte[] fingerprint = new byte[32];
        fingerprint[0] = (byte) content;
        return new IdempotencyRow(account, "topUp", key, fingerprint, at(untilHour), null);
    }

    private static IdempotencyRow row(String key) {
        return row(Owner.user("u_1"), key, 1, 72);
    }

    private static IdempotencyRow answered(IdempotencyRow row) {
        return row.answered(new Reply(201, "2026-11-01", "A: 1\nB: 2", new byte[] {0, -1, 7}));
    }

    private static Claim claim(Tx tx, IdempotencyStore store, IdempotencyRow row, long hour) {
        return store.claim(tx, row, at(hour), Duration.ofSeconds(20));
    }

    /** Claims, answers and commits. */
    private static void done(StoreUnderTest<IdempotencyStore> claims, IdempotencyRow row, long hour) {
        claims.run((tx, store) -> {
            assertThat(claim(tx, store, row, hour)).isInstanceOf(Claim.Inserted.class);
            store.complete(tx, answered(row));
        });
    }

    private static Claim claim(StoreUnderTest<IdempotencyStore> claims, IdempotencyRow row, long hour) {
        return claims.get((tx, store) -> claim(tx, store, row, hour));
    }

    @Test
    @Tag("H15")
    default void aFreeKeyIsClaimedAndItsReplyComesBackAsItWasWritten() {
        StoreUnderTest<IdempotencyStore> claims = claims();
        done(claims, row("k1"), 0);

        Claim second = claim(claims, row(Owner.user("u_1"), "k1", 2, 99), 1);

        assertThat(second)
                .isInstanceOfSatisfying(
                        Claim.Present.class,
                        present -> assertThat(present.row())
                                .usingRecursiveComparison()
                                .isEqualTo(answered(row("k1"))));
    }

    @Test
    @Tag("H14")
    default void accountsOperationsAndKeysAreApart() {
        StoreUnderTest<IdempotencyStore> claims = claims();
        IdempotencyRow row = row("k1");
        done(claims, row, 0);

        done(claims, row("K1"), 0);
        done(claims, row(Owner.user("u_2"), "k1", 1, 72), 0);
        done(claims, row(Owner.partner("u_1"), "k1", 1, 72), 0);
        done(
                claims,
                new IdempotencyRow(row.account(), "refund", row.key(), row.fingerprint(), row.expiresAt(), null),
                0);
    }

    @Test
    @Tag("H15")
    default void whatRollsBackLeavesNoClaim() {
        StoreUnderTest<IdempotencyStore> claims = claims();

        claims.rollBack((tx, store) -> {
            claim(tx, store, row("k1"), 0);
            store.complete(tx, answered(row("k1")));
        });

        done(claims, row("k1"), 0);
    }

    @Test
    @Tag("H16")
    default void anExpiredRowGivesWayAndIsWholeAgain() {
        StoreUnderTest<IdempotencyStore> claims = claims();
        done(claims, row("k1"), 0);
        assertThat(claim(claims, row("k1"), 71)).isInstanceOf(Claim.Present.class);

        IdempotencyRow later = row(Owner.user("u_1"), "k1", 2, 144);
        done(claims, later, 72);

        assertThat(claim(claims, row("k1"), 73))
                .isInstanceOfSatisfying(
                        Claim.Present.class,
                        present -> assertThat(present.row())
                                .usingRecursiveComparison()
                                .isEqualTo(answered(later)));
    }

    @Test
    @Tag("H16")
    default void purgingDeletesWhatHasExpiredTheOldestFirst() {
        StoreUnderTest<IdempotencyStore> claims = claims();
        for (int hour = 1; hour <= 4; hour++) {
            done(claims, row(Owner.user("u_" + hour), "k", 1, hour), 0);
        }

        assertThat(claims.<Integer>get((tx, store) -> store.purge(tx, at(3), 2)))
                .isEqualTo(2);
        assertThat(claim(claims, row(Owner.user("u_3"), "k", 1, 9), 0)).isInstanceOf(Claim.Present.class);
        assertThat(claims.<Integer>get((tx, store) -> store.purge(tx, at(3), 2)))
                .isEqualTo(1);
        assertThat(claims.<Integer>get((tx, store) -> store.purge(tx, at(3), 2)))
                .isZero();
        assertThat(claim(claims, row(Owner.user("u_4"), "k", 1, 9), 0)).isInstanceOf(Claim.Present.class);
        done(claims, row(Owner.user("u_1"), "k", 1, 9), 0);
    }

    @Test
    @Tag("E21")
    @Tag("H16")
    default void purgingPassesOverAnExpiredKeyThatIsBeingUsedAgain() {
        StoreUnderTest.assumeConcurrent(this);
        StoreUnderTest<IdempotencyStore> claims = claims();
        done(claims, row("k1"), 0);
        IdempotencyRow again = row(Owner.user("u_1"), "k1", 1, 144);

        claims.run((tx, store) -> {
            assertThat(claim(tx, store, again, 73)).isInstanceOf(Claim.Inserted.class);
            OtherThread<Integer> purge =
                    OtherThread.running(() -> claims.get((other, purging) -> purging.purge(other, at(73), 9)));
            assertThat(purge.join()).as("it waits for nobody").isZero();
            store.complete(tx, answered(again));
        });

        assertThat(claim(claims, again, 74)).isInstanceOf(Claim.Present.class);
    }

    @Test
    @Tag("E21")
    @Tag("H16")
    default void aKeyThatIsUsedAgainWhilePurgesRunIsKept() {
        StoreUnderTest<IdempotencyStore> claims = claims();
        for (int round = 0; round < 15; round++) {
            String key = "k" + round;
            done(claims, row(key), 0);
            CountDownLatch go = new CountDownLatch(1);
            OtherThread<Integer> purge = OtherThread.running(() -> {
                OtherThread.await(go);
                return claims.get((tx, store) -> store.purge(tx, at(73), 99));
            });

            go.countDown();
            done(claims, row(Owner.user("u_1"), key, 1, 999), 73);
            purge.join();

            assertThat(claim(claims, row(key), 74)).isInstanceOf(Claim.Present.class);
        }
    }

    @Test
    @Tag("C13")
    default void ofConcurrentClaimsOneWinsAndTheOthersFindItsRow() {
        StoreUnderTest<IdempotencyStore> claims = claims();
        for (int round = 0; round < 10; round++) {
            IdempotencyRow row = row("k" + round);
            CountDownLatch go = new CountDownLatch(1);
            List<OtherThread<Claim>> callers = IntStream.range(0, 4)
                    .mapToObj(n -> OtherThread.running(() -> {
                        OtherThread.await(go);
                        return claims.get((tx, store) -> {
                            Claim claim = claim(tx, store, row, 0);
                            if (claim instanceof Claim.Inserted) {
                                store.complete(tx, answered(row));
                            }
                            return claim;
                        });
                    }))
                    .toList();
            go.countDown();

            List<Claim> outcomes = callers.stream().map(OtherThread::join).toList();
            assertThat(outcomes).filteredOn(Claim.Inserted.class::isInstance).hasSize(1);
            assertThat(outcomes)
                    .filteredOn(Claim.Present.class::isInstance)
                    .extracting("row")
                    .hasSize(3)
                    .allSatisfy(found ->
                            assertThat(found).usingRecursiveComparison().isEqualTo(answered(row)));
        }
    }

    @Test
    @Tag("H16")
    default void aClaimThatWaitedForOneThatRollsBackWins() {
        StoreUnderTest.assumeConcurrent(this);
        StoreUnderTest<IdempotencyStore> claims = claims();
        CountDownLatch claimed = new CountDownLatch(1);
        CountDownLatch trying = new CountDownLatch(1);
        OtherThread<Claim> other = OtherThread.running(() -> {
            OtherThread.await(claimed);
            return claims.get((tx, store) -> {
                trying.countDown();
                return claim(tx, store, row("k1"), 0);
            });
        });

        claims.rollBack((tx, store) -> {
            claim(tx, store, row("k1"), 0);
            claimed.countDown();
            OtherThread.await(trying);
        });

        assertThat(other.join()).isInstanceOf(Claim.Inserted.class);
    }
}
