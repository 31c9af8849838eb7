package dev.matrix.core.spi;

/**
 * One open transaction, valid on the thread and during the call that it was handed to. A storage finds its own
 * connection behind it.
 */
public interface Tx {

    /**
     * Runs {@code action} on this thread once the transaction has committed, in the order given; never after a rollback.
     * A throw is logged and does not undo the commit.
     */
    void afterCommit(Runnable action);
}
