package dev.matrix.core.memory;

import dev.matrix.core.spi.Tx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** One in-memory transaction: how to undo what it changed, and what to run once it has committed. */
final class MemoryTx implements Tx {

    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final Thread thread = Thread.currentThread();
    private boolean open = true;

    static MemoryTx of(Tx tx) {
        if (tx instanceof MemoryTx own) {
            own.requireOpen();
            return own;
        }
        throw new IllegalStateException(
                "This transaction is of another storage. Use the Tx that the running transaction handed out.");
    }

    private void requireOpen() {
        if (thread != Thread.currentThread()) {
            throw new IllegalStateException("This transaction is of thread " + thread.getName()
                    + ". Use a Tx on the thread that it was handed to, or open a transaction on this one.");
        }
        if (!open) {
            throw new IllegalStateException(
                    "This transaction is over. Use the Tx that the running transaction handed out.");
        }
    }

    void undoBy(Runnable action) {
        undo.push(action);
    }

    @Override
    public void afterCommit(Runnable action, Runnable inDoubt) {
        requireOpen();
        afterCommit.add(action);
    }

    void rollBack() {
        open = false;
        undo.forEach(Runnable::run);
    }

    List<Runnable> commit() {
        open = false;
        return afterCommit;
    }
}
