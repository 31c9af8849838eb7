package dev.matrix.webhooks.jooq;

import dev.matrix.core.Owner;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqTx;
import dev.matrix.webhooks.spi.NewDelivery;
import dev.matrix.webhooks.spi.Routed;
import java.util.List;
import java.util.Map;

/** Inserts deliveries for the owners whose routing version is as given: {@link dev.matrix.webhooks.spi.DeliveryStore#route}. */
interface Routing {

    static Routing on(Database database) {
        return switch (database) {
            case POSTGRESQL -> new PostgresRouting();
            case H2 -> new H2Routing();
        };
    }

    Routed route(JooqTx tx, List<NewDelivery> rows, Map<Owner, Long> routingVersions);
}
