package dev.matrix.testkit;

import dev.matrix.core.spi.Tx;

/** What a host may do to the connection of a transaction of Matrix's, beside its own rows. */
public interface HostHands {

    /** Runs a statement that fails, and catches its exception. */
    void fail(Tx tx);

    /** Sets a savepoint. */
    Savepoint savepoint(Tx tx);

    /** Whether a failed statement of the host's spoils the transaction, as on PostgreSQL; elsewhere it alone is undone. */
    boolean failureSpoils();

    /** A place in a transaction. */
    @FunctionalInterface
    interface Savepoint {

        /** Undoes what came after it. */
        void rollBack();
    }
}
