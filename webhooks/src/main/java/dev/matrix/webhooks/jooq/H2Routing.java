package dev.matrix.webhooks.jooq;

import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_DELIVERY;
import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_ROUTE;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.Owner;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.webhooks.spi.NewDelivery;
import dev.matrix.webhooks.spi.Routed;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Query;

/** One statement per row: H2 is in the process, so a round trip costs nothing. */
final class H2Routing implements Routing {

    @Override
    public Routed route(JooqTx tx, List<NewDelivery> rows, Map<Owner, Long> routingVersions) {
        Set<Owner> stale = new HashSet<>();
        routingVersions.forEach((owner, version) -> {
            if (version(tx, owner) != version) {
                stale.add(owner);
            }
        });
        Set<String> known = new HashSet<>();
        for (NewDelivery row : rows) {
            if (stale.contains(row.routedFor())) {
                continue;
            }
            if (tx.insertIfAbsent(queued(row)) == 0) {
                known.add(row.id());
            } else {
                Queue.add(tx, row.endpointId(), List.of(row.id()));
            }
        }
        return new Routed(stale, known);
    }

    private static long version(JooqTx tx, Owner owner) {
        Long version = tx.dsl()
                .select(MATRIX_WEBHOOK_ROUTE.VERSION)
                .from(MATRIX_WEBHOOK_ROUTE)
                .where(Owners.are(MATRIX_WEBHOOK_ROUTE.OWNER_TYPE, MATRIX_WEBHOOK_ROUTE.OWNER_ID, owner))
                .fetchOne(MATRIX_WEBHOOK_ROUTE.VERSION);
        return version == null ? 0 : version;
    }

    private static Query queued(NewDelivery row) {
        return insertInto(MATRIX_WEBHOOK_DELIVERY)
                .set(MATRIX_WEBHOOK_DELIVERY.ID, row.id())
                .set(MATRIX_WEBHOOK_DELIVERY.ENDPOINT_ID, row.endpointId())
                .set(MATRIX_WEBHOOK_DELIVERY.EVENT_ID, row.eventId())
                .set(MATRIX_WEBHOOK_DELIVERY.OWNER_TYPE, Owners.type(row.routedFor()))
                .set(MATRIX_WEBHOOK_DELIVERY.OWNER_ID, row.routedFor().id())
                .set(MATRIX_WEBHOOK_DELIVERY.TYPE, row.type())
                .set(MATRIX_WEBHOOK_DELIVERY.SUBJECT, row.subject())
                .set(MATRIX_WEBHOOK_DELIVERY.ORDERED, row.isOrdered())
                .set(MATRIX_WEBHOOK_DELIVERY.OPEN_SUBJECT, row.isOrdered() ? row.subject() : null)
                .set(MATRIX_WEBHOOK_DELIVERY.CAUSE, row.trigger().name())
                .set(MATRIX_WEBHOOK_DELIVERY.STATE, States.QUEUED)
                .set(MATRIX_WEBHOOK_DELIVERY.VERSION, 1L)
                .set(MATRIX_WEBHOOK_DELIVERY.ATTEMPTS, 0)
                .set(MATRIX_WEBHOOK_DELIVERY.DEFERRALS, 0)
                .set(MATRIX_WEBHOOK_DELIVERY.REQUESTS, 0)
                .set(MATRIX_WEBHOOK_DELIVERY.CREATED_AT, row.createdAt());
    }
}
