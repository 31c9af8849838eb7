package dev.matrix.testkit.sim;

import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run of a node as its storage sees it: before and after each transaction the node, or that work of it alone, may
 * stand still, and around each it may go down. Once down it reaches the storage no more, whatever its code still tries while it unwinds.
 */
final class CrashingTransactions implements Transactions {

    /** Where in a transaction a crash strikes. */
    private enum Strike {
        BEFORE_WORK,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    private static final Strike[] STRIKES = Strike.values();

    private final Transactions inner;
    private final NodeRun run;

    CrashingTransactions(Transactions inner, NodeRun run) {
        this.inner = inner;
        this.run = run;
    }

    @Override
    public <R extends @Nullable Object> R returning(Function<Tx, R> work) {
        run.requireUp();
        if (run.inTransaction()) {
            return inner.returning(work);
        }
        run.maybeStall();
        Strike strike = run.crashes() ? STRIKES[run.chance().nextInt(STRIKES.length)] : null;
        if (strike == Strike.BEFORE_WORK) {
            throw run.crash("before a transaction");
        }
        R result;
        try {
            result = inner.returning(tx -> inside(tx, work, strike));
        } finally {
            run.inTransaction(false);
        }
        if (strike == Strike.AFTER_COMMIT) {
            throw run.crash("after a commit");
        }
        run.maybeStall();
        return result;
    }

    private <R extends @Nullable Object> R inside(Tx tx, Function<Tx, R> work, @Nullable Strike strike) {
        run.inTransaction(true);
        if (strike == Strike.AFTER_COMMIT) {
            tx.afterCommit(() -> {
                throw run.crash("after a commit, before what was to follow it");
            });
        }
        R result = work.apply(tx);
        if (strike == Strike.BEFORE_COMMIT) {
            throw run.crash("before a commit");
        }
        run.inTransaction(false);
        return result;
    }
}
