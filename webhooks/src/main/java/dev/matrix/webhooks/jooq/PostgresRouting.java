package dev.matrix.webhooks.jooq;

import dev.matrix.core.Owner;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.jooq.PostgresBatch;
import dev.matrix.webhooks.spi.NewDelivery;
import dev.matrix.webhooks.spi.Routed;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One statement, whatever the number of rows. */
final class PostgresRouting implements Routing {

    private static final String ROUTE = """
            with stale as materialized (
              select seen.owner_type, seen.owner_id
              from unnest(?, ?, ?) as seen (owner_type, owner_id, version)
              left join matrix_webhook_route r on r.owner_type = seen.owner_type and r.owner_id = seen.owner_id
              where seen.version <> coalesce(r.version, 0)),
            wanted as materialized (
              select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as n (id, endpoint_id, event_id, owner_type, owner_id, type, subject, ordered, cause, created_at)
              where (owner_type, owner_id) not in (select owner_type, owner_id from stale)),
            routed as (
              insert into matrix_webhook_delivery (id, endpoint_id, event_id, owner_type, owner_id, type, subject, ordered,
                  open_subject, cause, created_at, state, version, attempts, deferrals, requests)
              select id, endpoint_id, event_id, owner_type, owner_id, type, subject, ordered,
                case when ordered then subject end, cause,
                timestamptz 'epoch' + created_at * interval '1 microsecond', 0, 1, 0, 0, 0
              from wanted
              on conflict (endpoint_id, event_id) do nothing
              returning endpoint_id, id),
            queued as (
              insert into matrix_webhook_queue (endpoint_id, delivery_id) select endpoint_id, id from routed)
            select owner_type, owner_id, null from stale
            union all
            select null, null, id from (select id from wanted except select id from routed) known
            """;

    @Override
    public Routed route(JooqTx tx, List<NewDelivery> rows, Map<Owner, Long> routingVersions) {
        List<Map.Entry<Owner, Long>> seen = List.copyOf(routingVersions.entrySet());
        PostgresBatch.Parameters parameters = batch -> batch.shorts(seen, one -> Owners.type(one.getKey()))
                .texts(seen, one -> one.getKey().id())
                .longs(seen, Map.Entry::getValue)
                .texts(rows, NewDelivery::id)
                .texts(rows, NewDelivery::endpointId)
                .texts(rows, NewDelivery::eventId)
                .shorts(rows, row -> Owners.type(row.routedFor()))
                .texts(rows, row -> row.routedFor().id())
                .texts(rows, NewDelivery::type)
                .texts(rows, NewDelivery::subject)
                .flags(rows, NewDelivery::isOrdered)
                .names(rows, NewDelivery::trigger)
                .instants(rows, NewDelivery::createdAt);
        Set<Owner> stale = new HashSet<>();
        Set<String> known = new HashSet<>();
        PostgresBatch.fetch(tx, ROUTE, parameters, row -> {
            String id = row.getString(3);
            return id == null ? stale.add(Owners.of(row.getShort(1), row.getString(2))) : known.add(id);
        });
        return new Routed(stale, known);
    }
}
