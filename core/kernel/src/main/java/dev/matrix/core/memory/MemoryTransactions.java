package dev.matrix.core.memory;

import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction at a time: each holds the database's lock from begin to end, so it sees what committed before it and
 * nobody sees what it has not committed. A throw undoes its changes in reverse order before the lock is freed.
 */
final class MemoryTransactions implements Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryTransactions.class);

    private final ReentrantLock lock = new ReentrantLock(true);

    @Override
    public <R extends @Nullable Object> R returning(Function<Tx, R> work) {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("A transaction is open on this thread. Pass its Tx on instead of opening"
                    + " a second one inside it.");
        }
        R result;
        List<Runnable> afterCommit;
        lock.lock();
        try {
            MemoryTx tx = new MemoryTx();
            boolean done = false;
            try {
                result = work.apply(tx);
                done = true;
            } finally {
                if (!done) {
                    tx.rollBack();
                }
            }
            afterCommit = tx.commit();
        } finally {
            lock.unlock();
        }
        afterCommit.forEach(MemoryTransactions::runCommitted);
        return result;
    }

    private static void runCommitted(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.warn("An action after a commit failed; the commit stands.", e);
        }
    }
}
