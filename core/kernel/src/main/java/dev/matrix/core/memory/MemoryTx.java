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
    private boolean open = true;

    static MemoryTx of(Tx tx) {
        if (tx instanceof MemoryTx own && own.open) {
            return own;
        }
        throw new IllegalStateException(
                "This transaction is over, or of another storage. Use the Tx that the running transaction handed out.");
    }

    void undoBy(Runnable action) {
        undo.push(action);
    }

    @Override
    public void afterCommit(Runnable action) {
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
