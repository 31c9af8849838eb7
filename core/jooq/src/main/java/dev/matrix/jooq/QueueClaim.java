package dev.matrix.jooq;

import dev.matrix.core.spi.DispatchStore.Claim;
import java.time.Instant;
import java.util.List;

/** Claims queue rows, passing over those that another transaction has in hand. */
interface QueueClaim {

    static QueueClaim on(Database database) {
        return switch (database) {
            case POSTGRESQL -> new PostgresQueueClaim();
            case H2 -> new H2QueueClaim();
        };
    }

    /** Claims what {@link dev.matrix.core.spi.DispatchStore#claim} says, until an instant; oldest due first. */
    List<Claim> claim(JooqTx tx, String subscriber, String node, Instant now, int limit, Instant until);
}
