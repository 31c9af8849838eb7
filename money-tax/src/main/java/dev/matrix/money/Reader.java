package dev.matrix.money;

import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.util.function.Function;

/** How a conversion reads what isn't in memory: in the caller's transaction, or in one of its own. */
interface Reader {

    <R> R read(Function<Tx, R> work);

    /** Runs what remembers something that was read: at once, or when the caller's transaction has committed what it may hold. */
    void keep(Runnable remembering);

    static Reader in(Tx tx) {
        return new Reader() {
            @Override
            public <R> R read(Function<Tx, R> work) {
                return work.apply(tx);
            }

            @Override
            public void keep(Runnable remembering) {
                tx.afterCommit(remembering);
            }
        };
    }

    /** In a transaction that has written rates: what it reads is for its own memory alone, which ends with it. */
    static Reader writing(Tx tx) {
        return new Reader() {
            @Override
            public <R> R read(Function<Tx, R> work) {
                return work.apply(tx);
            }

            @Override
            public void keep(Runnable remembering) {
                remembering.run();
            }
        };
    }

    /**
     * In transactions of its own. Where such a one is part of a transaction that the host runs, whose commit nobody confirms, what
     * it has read is used but not remembered. For one conversion or step; not thread-safe.
     */
    static Reader own(Transactions transactions) {
        return new Own(transactions);
    }

    /** {@link #own}. */
    final class Own implements Reader {

        private final Transactions transactions;
        private int unconfirmed;

        private Own(Transactions transactions) {
            this.transactions = transactions;
        }

        @Override
        public <R> R read(Function<Tx, R> work) {
            unconfirmed++;
            return transactions.returning(tx -> {
                tx.afterCommit(() -> unconfirmed--);
                return work.apply(tx);
            });
        }

        @Override
        public void keep(Runnable remembering) {
            if (unconfirmed == 0) {
                remembering.run();
            }
        }
    }
}
