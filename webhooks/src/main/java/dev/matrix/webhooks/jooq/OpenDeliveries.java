package dev.matrix.webhooks.jooq;

import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqTx;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.EndpointShare;
import java.time.Instant;
import java.util.List;

/** Finds what is to be sent; locks nothing. */
interface OpenDeliveries {

    static OpenDeliveries on(Database database) {
        return switch (database) {
            case POSTGRESQL -> new PostgresOpenDeliveries();
            case H2 -> new H2OpenDeliveries();
        };
    }

    /** {@link dev.matrix.webhooks.spi.DeliveryStore#freshEndpoints}; {@code after} is empty for the first. */
    List<String> freshEndpoints(JooqTx tx, String after, int limit);

    /** {@link dev.matrix.webhooks.spi.DeliveryStore#due}. */
    List<DeliveryRow> due(JooqTx tx, List<EndpointShare> shares, Instant now);
}
