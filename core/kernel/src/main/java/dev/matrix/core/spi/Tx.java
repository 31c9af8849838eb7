package dev.matrix.core.spi;

/**
 * One open transaction, valid on the thread and during the call that it was handed to; elsewhere it is refused with an
 * {@link IllegalStateException}. A storage finds its own connection behind it.
 */
public interface Tx {

    /**
     * Runs {@code action} on this thread once the store has confirmed the commit, in the order given: never after a rollback,
     * nor where the savepoint that it was hung on was rolled back. A throw is logged and does not undo the commit. Of the
     * commit of a transaction that the host runs nobody knows for certain, and the action is dropped: use it for what is
     * found later anyway, such as what is remembered of the store.
     */
    default void afterCommit(Runnable action) {
        afterCommit(action, () -> {});
    }

    /**
     * As {@link #afterCommit(Runnable)}, and where the host says that it has committed its own transaction, runs {@code
     * inDoubt} instead: it must do no harm if nothing was written.
     */
    void afterCommit(Runnable action, Runnable inDoubt);

    /**
     * Runs {@code hint} after the commit, and after what may have been one. A hint must be right in both cases: it wakes work that
     * reads the store, or forgets what will be read again.
     */
    default void hintAfterCommit(Runnable hint) {
        afterCommit(hint, hint);
    }
}
