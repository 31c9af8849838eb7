package dev.matrix.tax.jooq;

import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqTx;
import dev.matrix.tax.spi.ComponentRow;
import dev.matrix.tax.spi.TaxTransactionStore.Heading;
import dev.matrix.tax.spi.TaxTransactionStore.TransactionRow;
import java.util.List;

/** Writes a transaction with its components and the tax ids relied on; false where its reference is taken. */
interface TransactionInsert {

    boolean insert(JooqTx tx, TransactionRow row, Heading heading, List<ComponentRow> components);

    static TransactionInsert of(Database database) {
        return switch (database) {
            case POSTGRESQL -> new PostgresTransactionInsert();
            case H2 -> new H2TransactionInsert();
        };
    }
}
