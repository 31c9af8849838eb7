package dev.matrix.jooq;

import java.sql.Connection;

/** A transaction of the host's that Matrix takes part in; the host commits or rolls it back. Not thread-safe. */
public final class JoinedTx extends JooqTx {

    JoinedTx(Connection connection, Database database) {
        super(connection, database, null);
    }

    /**
     * Runs what waits for the commit; call it after yours, or leave it: what it hastens is found by the next poll, 50 ms
     * for events. Nobody tells Matrix whether that commit was one (PostgreSQL answers the commit of a transaction in which a
     * statement has failed by a rollback, silently), nor of savepoints. So this runs only what looks at the store before
     * it does anything, and drops other actions. A throw of such an action is logged. This object can't be used afterwards.
     */
    public void committed() {
        of(this).end();
        JooqTransactions.runCommitted(actions().inDoubt());
    }
}
