package dev.matrix.money;

import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.util.function.Function;

/** How a conversion reads what isn't in memory: in the caller's transaction, or in one of its own. */
@FunctionalInterface
interface Reader {

    <R> R read(Function<Tx, R> work);

    static Reader in(Tx tx) {
        return new Reader() {
            @Override
            public <R> R read(Function<Tx, R> work) {
                return work.apply(tx);
            }
        };
    }

    static Reader own(Transactions transactions) {
        return new Reader() {
            @Override
            public <R> R read(Function<Tx, R> work) {
                return transactions.returning(work);
            }
        };
    }
}
