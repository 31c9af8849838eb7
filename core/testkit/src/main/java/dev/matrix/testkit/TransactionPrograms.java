package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.StorageException;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Random work in transactions: writes with an action each, failures that are caught, savepoints, misuse. The store is asked
 * afterwards what has committed; the actions that ran are exactly those of the writes that did.
 */
final class TransactionPrograms {

    private static final int LONGEST = 12;
    private static final Duration LEASE = Duration.ofHours(1);

    private final Stores stores;
    private final LeaseStore leases;
    private final @Nullable HostHands hands;

    private TransactionPrograms(Stores stores, @Nullable HostHands hands) {
        this.stores = stores;
        this.leases = stores.get(LeaseStore.class);
        this.hands = hands;
    }

    static void play(StoreContract contract, long firstSeed, int count) {
        TransactionPrograms programs = new TransactionPrograms(contract.stores(), contract.hands());
        for (int i = 0; i < count; i++) {
            programs.play(firstSeed + i);
        }
    }

    private static final class Thrown extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private static final class Run {

        final SplittableRandom random;
        final String prefix;
        final StringBuilder story = new StringBuilder();
        final Set<String> written = new TreeSet<>();
        final Set<String> followed = new TreeSet<>();
        final Deque<HostHands.Savepoint> savepoints = new ArrayDeque<>();

        Run(long seed) {
            this.random = new SplittableRandom(seed);
            this.prefix = "p" + seed + "-";
        }
    }

    private void play(long seed) {
        Run run = new Run(seed);
        boolean returned;
        try {
            stores.transactions().inTransaction(tx -> work(tx, run));
            returned = true;
        } catch (StorageException | Thrown failed) {
            returned = false;
        }
        Set<String> committed = stores.transactions().returning(tx -> committed(tx, run));
        assertThat(run.followed)
                .as("seed %s, %s: %s", seed, returned ? "returned" : "failed", run.story)
                .isEqualTo(committed);
        if (!returned) {
            assertThat(committed).as("seed %s, failed: %s", seed, run.story).isEmpty();
        }
    }

    private Set<String> committed(Tx tx, Run run) {
        Set<String> committed = new TreeSet<>();
        for (String key : run.written) {
            if (leases.acquire(tx, key, "n", StoreUnderTest.START, LEASE).isEmpty()) {
                committed.add(key);
            }
        }
        return committed;
    }

    private void work(Tx tx, Run run) {
        int length = run.random.nextInt(LONGEST);
        for (int i = 0; i < length; i++) {
            try {
                step(tx, run, i);
            } catch (StorageException caught) {
                run.story.append("(caught) ");
            }
        }
    }

    private void step(Tx tx, Run run, int at) {
        switch (run.random.nextInt(hands == null ? 8 : 16)) {
            case 0, 1, 2, 3 -> write(tx, run, run.prefix + at);
            case 4 -> nest(run);
            case 5 -> {
                if (run.random.nextInt(4) == 0) {
                    run.story.append("throw ");
                    throw new Thrown();
                }
            }
            case 6, 7 -> {
                if (hands != null && run.random.nextInt(2) == 0) {
                    run.story.append("refused ");
                    leases.acquire(tx, "k".repeat(300), "n", StoreUnderTest.START, LEASE);
                }
            }
            case 8, 9, 10, 11 -> setSavepoint(tx, run);
            case 12, 13, 14 -> goBack(run);
            default -> fail(tx, run);
        }
    }

    private void write(Tx tx, Run run, String key) {
        run.story.append("write ").append(key).append(' ');
        leases.acquire(tx, key, "n", StoreUnderTest.START, LEASE);
        run.written.add(key);
        tx.afterCommit(() -> run.followed.add(key));
    }

    private void nest(Run run) {
        run.story.append("nest ");
        try {
            stores.transactions().inTransaction(inner -> inner.afterCommit(() -> run.followed.add("nested")));
        } catch (IllegalStateException refused) {
            return;
        }
        throw new AssertionError("A transaction inside a transaction must be refused.");
    }

    private void setSavepoint(Tx tx, Run run) {
        if (hands != null) {
            run.story.append("savepoint ");
            run.savepoints.push(hands.savepoint(tx));
        }
    }

    private static void goBack(Run run) {
        if (!run.savepoints.isEmpty()) {
            int deeper = run.random.nextInt(run.savepoints.size());
            for (int i = 0; i < deeper; i++) {
                run.savepoints.pop();
            }
            run.story.append("back(").append(deeper).append(") ");
            run.savepoints.element().rollBack();
        }
    }

    private void fail(Tx tx, Run run) {
        if (hands != null) {
            run.story.append("fail ");
            hands.fail(tx);
        }
    }
}
