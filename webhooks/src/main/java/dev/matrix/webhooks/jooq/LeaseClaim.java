package dev.matrix.webhooks.jooq;

import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqTx;
import dev.matrix.webhooks.spi.EndpointLeaseStore.Taken;
import java.time.Instant;
import java.util.List;

/** Takes free leases, passing over those that another transaction has in hand. */
interface LeaseClaim {

    static LeaseClaim on(Database database) {
        return switch (database) {
            case POSTGRESQL -> new PostgresLeaseClaim();
            case H2 -> new H2LeaseClaim();
        };
    }

    /** Takes at most {@code limit} of these, in id order, until an instant. */
    List<Taken> claim(JooqTx tx, String[] endpointIds, String node, Instant now, int limit, Instant until);
}
