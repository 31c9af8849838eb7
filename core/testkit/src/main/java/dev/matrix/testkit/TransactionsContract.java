package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.event.spi.SubscriberStore;
import dev.matrix.core.event.spi.SubscriberStore.Subscriber;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
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
            store.register(tx, new Subscriber("webhooks", Set.of("*"), true, StoreUnderTest.START));
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
}
