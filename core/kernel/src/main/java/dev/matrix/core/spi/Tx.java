package dev.matrix.core.spi;

/**
 * One open transaction, valid on the thread and during the call that it was handed to. A storage finds its own
 * connection behind it.
 */
public interface Tx {

    /**
     * Runs {@code action} on this thread once the transaction has committed, in the order given; never after a rollback.
     * A throw is logged and does not undo the commit. In a transaction of the host's that Matrix has joined, its commit may
     * stay unknown, and then the action is dropped: use it to hasten what is found later anyway, such as by a wake.
     */
    void afterCommit(Runnable action);
}
