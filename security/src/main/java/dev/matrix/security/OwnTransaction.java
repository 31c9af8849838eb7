package dev.matrix.security;

import dev.matrix.core.spi.Transactions;

/** Whether a transaction that begins now is a whole one, and not a part of the host's. */
final class OwnTransaction {

    private OwnTransaction() {}

    /**
     * Refuses work inside a transaction, be it Matrix's or one of the host's that Matrix joins: a rollback later on would undo what was
     * told as done. Asks by an empty transaction, which costs no statement.
     *
     * @param what that commits before it answers, for the message
     * @throws IllegalStateException inside a transaction
     */
    static void require(Transactions transactions, String what) {
        boolean[] committed = new boolean[1];
        transactions.inTransaction(tx -> tx.afterCommit(() -> committed[0] = true));
        if (!committed[0]) {
            throw new IllegalStateException(
                    what + " commits before it answers, and here its commit would be the host's."
                            + " Call it outside transactions.");
        }
    }
}
