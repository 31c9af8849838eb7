package dev.matrix.money.jooq;

import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqTx;
import dev.matrix.money.RateSnapshot;
import java.util.List;

/** Adds snapshots with their rates: in few statements, as the history of a source has 200,000 rates. */
interface SnapshotInsert {

    /** Returns how many weren't there; where that isn't all of them, the transaction is to be rolled back. */
    int insert(JooqTx tx, List<RateSnapshot> snapshots);

    static SnapshotInsert of(Database database) {
        return switch (database) {
            case POSTGRESQL -> new PostgresSnapshotInsert();
            case H2 -> new H2SnapshotInsert();
        };
    }
}
