package dev.matrix.webhooks.jooq;

import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqTx;
import dev.matrix.webhooks.spi.AttemptResult;
import java.util.List;
import java.util.Set;

/**
 * Logs attempts and moves the deliveries that they still concern: {@link dev.matrix.webhooks.spi.DeliveryStore#complete}.
 * The leases are locked, shared where the database can, so that none passes on between the check and the commit.
 */
interface Completion {

    static Completion on(Database database) {
        return switch (database) {
            case POSTGRESQL -> new PostgresCompletion();
            case H2 -> new H2Completion();
        };
    }

    Set<String> complete(JooqTx tx, List<AttemptResult> results);
}
