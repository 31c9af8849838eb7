package dev.matrix.jooq;

import java.sql.Connection;

/** A transaction of the host's that Matrix takes part in; the host commits or rolls it back. Not thread-safe. */
public final class JoinedTx extends JooqTx {

    JoinedTx(Connection connection, Database database) {
        super(connection, database, null);
    }

    /**
     * Hastens what waits for the commit; call it after your commit. It may be left out: the next poll finds the same, within 50 ms
     * for events.
     *
     * <p>Matrix can't know whether your commit took effect: PostgreSQL silently rolls a transaction back in which a statement has
     * failed, and your savepoints may have undone a part. So this runs only those actions that read the store before they do
     * anything, and drops the others. What such an action throws is logged. This object can't be used afterwards.
     */
    public void committed() {
        of(this).end();
        JooqTransactions.runCommitted(actions().inDoubt());
    }
}
