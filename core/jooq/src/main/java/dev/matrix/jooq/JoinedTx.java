package dev.matrix.jooq;

import java.sql.Connection;

/** A transaction of the host's that Matrix takes part in; the host commits or rolls it back. Not thread-safe. */
public final class JoinedTx extends JooqTx {

    JoinedTx(Connection connection, Database database) {
        super(connection, database);
    }

    /**
     * Runs what waits for the commit; call it after yours, or leave it: what it hastens is found by the next poll, 50 ms
     * for events. A throw of such an action is logged. This object can't be used afterwards.
     */
    public void committed() {
        JooqTransactions.runCommitted(of(this).end());
    }
}
