package dev.matrix.webhooks.jooq;

import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqTx;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.EndpointShare;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Finds what is to be sent; locks nothing. */
interface OpenDeliveries {

    static OpenDeliveries on(Database database) {
        return switch (database) {
            case POSTGRESQL -> new PostgresOpenDeliveries();
            case H2 -> new H2OpenDeliveries();
        };
    }

    /** {@link dev.matrix.webhooks.spi.DeliveryStore#freshEndpoints}; {@code after} is empty for the first. */
    List<String> freshEndpoints(JooqTx tx, String after, Set<String> watched, int limit);

    /** {@link dev.matrix.webhooks.spi.DeliveryStore#retrying}. */
    Set<String> retrying(JooqTx tx, Collection<String> endpointIds);

    /** {@link dev.matrix.webhooks.spi.DeliveryStore#due}. */
    List<DeliveryRow> due(JooqTx tx, List<EndpointShare> shares, Instant now);
}
