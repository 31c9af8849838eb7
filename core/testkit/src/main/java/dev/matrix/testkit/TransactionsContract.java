package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.matrix.core.OutcomeUnknownException;
import dev.matrix.core.StorageException;
import dev.matrix.core.event.spi.SubscriberStore;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@link Transactions} promise; a lease is the row that tells what was written. */
public interface TransactionsContract extends StoreContract {

    private StoreUnderTest<LeaseStore> leases() {
        return StoreUnderTest.of(this, LeaseStore.class);
    }

    private static boolean take(Tx tx, LeaseStore store, String key) {
        return store.acquire(tx, key, "n", StoreUnderTest.START, Duration.ofHours(1))
                .isPresent();
    }

    @Test
    default void workThatReturnsIsCommitted() {
        StoreUnderTest<LeaseStore> leases = leases();

        String result = leases.get((tx, store) -> take(tx, store, "k") ? "taken" : "refused");

        assertThat(result).isEqualTo("taken");
        assertThat(leases.<Boolean>get((tx, store) -> take(tx, store, "k"))).isFalse();
    }

    @Test
    @Tag("E5")
    default void workThatThrowsIsRolledBackAndItsThrowablePassesThrough() {
        StoreUnderTest<LeaseStore> leases = leases();
        Error error = new AssertionError("an error, as a crash is");

        assertThatThrownBy(() -> leases.run((tx, store) -> {
                    take(tx, store, "k");
                    throw new IllegalArgumentException("as it is");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("as it is");
        assertThatThrownBy(() -> leases.run((tx, store) -> {
                    take(tx, store, "k");
                    throw error;
                }))
                .isSameAs(error);

        assertThat(leases.<Boolean>get((tx, store) -> take(tx, store, "k"))).isTrue();
    }

    @Test
    @Tag("E5")
    default void actionsRunInOrderOnceTheTransactionHasCommitted() {
        StoreUnderTest<LeaseStore> leases = leases();
        List<String> log = new ArrayList<>();

        leases.run((tx, store) -> {
            tx.afterCommit(() -> log.add("first, and another may begin: " + leases.get((t, s) -> take(t, s, "k"))));
            tx.afterCommit(() -> log.add("second on " + Thread.currentThread().getName()));
            take(tx, store, "k");
            log.add("work");
        });

        assertThat(log)
                .containsExactly(
                        "work",
                        "first, and another may begin: false",
                        "second on " + Thread.currentThread().getName());
    }

    @Test
    @Tag("E5")
    default void actionsNeverRunAfterARollback() {
        StoreUnderTest<LeaseStore> leases = leases();
        List<String> log = new ArrayList<>();

        leases.rollBack((tx, store) -> tx.afterCommit(() -> log.add("ran")));

        assertThat(log).isEmpty();
    }

    @Test
    default void anActionThatThrowsUndoesNothingAndStopsNoOther() {
        StoreUnderTest<LeaseStore> leases = leases();
        List<String> log = new ArrayList<>();

        leases.run((tx, store) -> {
            take(tx, store, "k");
            tx.afterCommit(() -> {
                throw new IllegalStateException("after the commit");
            });
            tx.afterCommit(() -> log.add("second"));
        });

        assertThat(log).containsExactly("second");
        assertThat(leases.<Boolean>get((tx, store) -> take(tx, store, "k"))).isFalse();
    }

    @Test
    default void aTransactionInsideATransactionIsRefused() {
        Transactions transactions = stores().transactions();

        assertThatThrownBy(() -> transactions.inTransaction(
                        outer -> transactions.inTransaction(inner -> inner.afterCommit(() -> {}))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(transactions.<String>returning(tx -> "the thread is free again"))
                .isNotEmpty();
    }

    @Test
    default void aStatementSeesWhatHasCommittedByThenAndNothingElse() {
        StoreUnderTest.assumeConcurrent(this);
        StoreUnderTest<SubscriberStore> subscribers = StoreUnderTest.of(this, SubscriberStore.class);
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch looked = new CountDownLatch(1);
        OtherThread<Boolean> writer = OtherThread.running(() -> subscribers.get((tx, store) -> {
            store.register(tx, "webhooks", Set.of("*"), true, StoreUnderTest.START);
            written.countDown();
            OtherThread.await(looked);
            return true;
        }));

        subscribers.run((tx, store) -> {
            OtherThread.await(written);
            assertThat(store.all(tx)).as("before the other commit").isEmpty();
            looked.countDown();
            writer.join();
            assertThat(store.all(tx)).as("after the other commit").hasSize(1);
        });
    }

    /** A statement of a store's that a database refuses; the work goes on as if nothing had been. */
    private static boolean failInStore(Tx tx, LeaseStore store) {
        try {
            take(tx, store, "k".repeat(300));
            return false;
        } catch (StorageException caught) {
            return true;
        }
    }

    private HostHands assumeHands() {
        HostHands hands = hands();
        assumeTrue(hands != null, "nobody reaches a connection here");
        return hands;
    }

    private static void goOn(Runnable step) {
        try {
            step.run();
        } catch (StorageException caught) {
            return;
        }
    }

    /** Runs {@code failing} before, between and after two writes: the end is a failure, and nothing has happened. */
    private void spoils(BiConsumer<Tx, LeaseStore> failing) {
        StoreUnderTest<LeaseStore> leases = leases();
        List<String> ran = new ArrayList<>();
        for (int position = 0; position < 3; position++) {
            int at = position;
            assertThatThrownBy(() -> leases.run((tx, store) -> {
                        for (int i = 0; i < 3; i++) {
                            int step = i;
                            goOn(() -> {
                                if (step == at) {
                                    failing.accept(tx, store);
                                } else {
                                    take(tx, store, "k" + step);
                                    tx.afterCommit(() -> ran.add("action " + step));
                                }
                            });
                        }
                    }))
                    .as("failing at position %s", at)
                    .isInstanceOf(StorageException.class)
                    .isNotInstanceOf(OutcomeUnknownException.class);
        }
        assertThat(ran).isEmpty();
        for (int i = 0; i < 3; i++) {
            String key = "k" + i;
            assertThat(leases.<Boolean>get((tx, store) -> take(tx, store, key)))
                    .as(key)
                    .isTrue();
        }
    }

    @Test
    @Tag("E5")
    @Tag("E17")
    default void aFailureOfAStoreThatIsCaughtFailsTheTransaction() {
        assumeHands();
        spoils(TransactionsContract::failInStore);
    }

    @Test
    @Tag("E5")
    @Tag("E17")
    default void aFailedStatementOfTheHostsThatIsCaughtFailsTheTransaction() {
        HostHands hands = assumeHands();
        assumeTrue(hands.failureSpoils(), "a failed statement is undone by itself here");
        spoils((tx, store) -> hands.fail(tx));
    }

    @Test
    @Tag("E17")
    default void whatASavepointTakesBackIsNotFollowedByItsActions() {
        HostHands hands = assumeHands();
        StoreUnderTest<LeaseStore> leases = leases();
        List<String> ran = new ArrayList<>();

        leases.run((tx, store) -> {
            take(tx, store, "before");
            tx.afterCommit(() -> ran.add("before"));
            HostHands.Savepoint savepoint = hands.savepoint(tx);
            take(tx, store, "within");
            tx.afterCommit(() -> ran.add("within"));
            failInStore(tx, store);
            savepoint.rollBack();
            take(tx, store, "after");
            tx.afterCommit(() -> ran.add("after"));
        });

        assertThat(ran).containsExactly("before", "after");
        assertThat(leases.<Boolean>get((tx, store) -> take(tx, store, "before")))
                .isFalse();
        assertThat(leases.<Boolean>get((tx, store) -> take(tx, store, "within")))
                .isTrue();
    }

    @Test
    @Tag("E17")
    default void aFailureAfterGoingBackToASavepointFailsTheTransaction() {
        HostHands hands = assumeHands();
        StoreUnderTest<LeaseStore> leases = leases();
        List<String> ran = new ArrayList<>();

        assertThatThrownBy(() -> leases.run((tx, store) -> {
                    HostHands.Savepoint savepoint = hands.savepoint(tx);
                    tx.afterCommit(() -> ran.add("within"));
                    savepoint.rollBack();
                    take(tx, store, "after");
                    failInStore(tx, store);
                }))
                .isInstanceOf(StorageException.class);

        assertThat(ran).isEmpty();
        assertThat(leases.<Boolean>get((tx, store) -> take(tx, store, "after"))).isTrue();
    }

    @Test
    @Tag("E17")
    default void aTransactionThatIsOverIsRefused() {
        StoreUnderTest<LeaseStore> leases = leases();
        List<String> ran = new ArrayList<>();

        Tx over = leases.get((tx, store) -> {
            tx.afterCommit(() -> assertThatThrownBy(() -> tx.afterCommit(() -> ran.add("late")))
                    .isInstanceOf(IllegalStateException.class));
            tx.afterCommit(() -> ran.add("in time"));
            return tx;
        });

        assertThat(ran).containsExactly("in time");
        assertThatThrownBy(() -> over.afterCommit(() -> ran.add("too late")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("over");
        assertThatThrownBy(() -> take(over, leases.store(), "k"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("over");
    }

    @Test
    @Tag("E17")
    default void aTransactionOfAnotherThreadIsRefused() {
        StoreUnderTest<LeaseStore> leases = leases();
        List<String> ran = new ArrayList<>();

        leases.run((tx, store) -> OtherThread.running(() -> {
                    assertThatThrownBy(() -> take(tx, store, "k"))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("thread");
                    assertThatThrownBy(() -> tx.afterCommit(() -> ran.add("ran")))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("thread");
                    return true;
                })
                .join());

        assertThat(ran).isEmpty();
        assertThat(leases.<Boolean>get((tx, store) -> take(tx, store, "k"))).isTrue();
    }

    @Test
    @Tag("E17")
    default void noActionRunsWithoutACommitInRandomPrograms() {
        TransactionPrograms.play(this, 1, 200);
    }

    @Test
    @Tag("E17")
    @Tag("long")
    default void noActionRunsWithoutACommitInManyRandomPrograms() {
        TransactionPrograms.play(this, 1_000, 10_000);
    }
}
