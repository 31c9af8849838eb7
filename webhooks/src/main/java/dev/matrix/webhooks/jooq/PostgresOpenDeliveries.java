package dev.matrix.webhooks.jooq;

import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.Owners;
import dev.matrix.jooq.PostgresBatch;
import dev.matrix.webhooks.AttemptError;
import dev.matrix.webhooks.Delivery;
import dev.matrix.webhooks.Trigger;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.EndpointShare;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads no further in the partial indexes than what it returns, however long backlog and history are; of an endpoint that keeps
 * the order of subjects a bounded number of rows more.
 */
final class PostgresOpenDeliveries implements OpenDeliveries {

    /**
     * A loose index scan: one probe an endpoint, where {@code distinct} would read every queued row. It leaps over what is
     * watched without a look: where deliveries come and go, the index is full of entries of rows that are gone.
     */
    private static final String FRESH = """
            select fresh.endpoint_id from unnest(?, ?) as gap (after, before)
            cross join lateral (
              with recursive found (endpoint_id) as (
                (select endpoint_id from matrix_webhook_queue
                 where endpoint_id > gap.after and endpoint_id < gap.before order by endpoint_id limit 1)
                union all
                select (select q.endpoint_id from matrix_webhook_queue q
                  where q.endpoint_id > found.endpoint_id and q.endpoint_id < gap.before order by q.endpoint_id limit 1)
                from found where found.endpoint_id is not null)
              select endpoint_id from found where endpoint_id is not null) fresh
            limit ?
            """;

    /** Behind every id in byte order, as ids are ASCII. */
    private static final String LAST = "\u007f";

    /** One probe an endpoint. */
    private static final String RETRYING = """
            select asked.endpoint_id from unnest(?) as asked (endpoint_id)
            cross join lateral (
              select from matrix_webhook_delivery d where d.endpoint_id = asked.endpoint_id and d.due_at is not null limit 1) one
            """;

    static final String COLUMNS = """
            due.id, due.endpoint_id, due.event_id, due.owner_type, due.owner_id, due.type, due.subject, due.cause,
              due.state, due.version, due.attempts, due.deferrals, due.requests, due.created_at, due.first_request_at,
              due.due_at, due.last_status, due.last_error""";

    /** What this node holds is passed over here: among it rows that stand first, and would else be read again each time. */
    private static final String SHARES = """
            with held as materialized (select id from unnest(?) as h (id))
            select %s
            from unnest(?, ?) as share (endpoint_id, most)
            cross join lateral (
            """.formatted(COLUMNS);

    private static final String RETRIES_IN_TURN = """
                union all
                (select d.*, row_number() over (order by d.due_at) as turn from matrix_webhook_delivery d
                 where d.endpoint_id = share.endpoint_id
                   and d.due_at <= timestamptz 'epoch' + ? * interval '1 microsecond'
                   and d.id not in (select id from held) %s
                 order by d.due_at limit share.most)) both_kinds
              order by turn, state desc limit share.most) due
            """;

    private static final String DUE = SHARES + """
              select * from (
                (select d.*, row_number() over (order by q.delivery_id) as turn from matrix_webhook_queue q
                 cross join lateral (
                   select * from matrix_webhook_delivery where id = q.delivery_id limit 1) d
                 where q.endpoint_id = share.endpoint_id and q.delivery_id not in (select id from held)
                 order by q.delivery_id limit share.most)
            """ + RETRIES_IN_TURN.formatted("");

    /** How many queued rows that wait for an earlier one of their subject are read past for one that doesn't. */
    static final int FRONT = 500;

    /** Always asked with the share's limit: of a bare {@code not exists} the planner makes a join over the whole backlog. */
    static final String WAITS = """
            (share.most > 0 and exists (
                    select 1 from matrix_webhook_delivery e
                    where e.endpoint_id = d.endpoint_id and e.event_id < d.event_id
                      and left(e.open_subject, 64) = left(d.open_subject, 64) and e.open_subject = d.open_subject))""";

    /**
     * A queued row is due if it is the first of its subject. Mostly those stand at the front of the queue. Where what waits
     * fills the front, {@link PostgresSubjects} finds the others.
     */
    private static final String DUE_IN_ORDER =
            SHARES + """
              with front as materialized (
                select d.*, not %1$s as in_turn
                from (
                  select delivery_id from matrix_webhook_queue
                  where endpoint_id = share.endpoint_id and delivery_id not in (select id from held)
                  order by delivery_id limit share.most + %2$d) q
                cross join lateral (
                  select * from matrix_webhook_delivery where id = q.delivery_id limit 1) d),
              queued as (select id from front where in_turn order by id limit share.most)
              select * from (
                (select d.*, row_number() over (order by queued.id) as turn from queued
                 cross join lateral (
                   select * from matrix_webhook_delivery where id = queued.id limit 1) d
                 order by queued.id)
            """.formatted(WAITS, FRONT) + RETRIES_IN_TURN.formatted("and not " + WAITS);

    /**
     * For the rest of a transaction. The planner takes limits that are parameters for a tenth of what there is, and statements of
     * that cost are compiled each time, which takes a hundred times as long as running them.
     */
    private static final String NO_JIT = "select set_config('jit', 'off', true)";

    private final PostgresSubjects subjects = new PostgresSubjects();

    @Override
    public List<String> freshEndpoints(JooqTx tx, String after, Set<String> watched, int limit) {
        List<String> edges = new ArrayList<>();
        edges.add(after);
        watched.stream().filter(id -> id.compareTo(after) > 0).sorted().forEach(edges::add);
        edges.add(LAST);
        PostgresBatch.Parameters gaps = batch -> batch.texts(edges.subList(0, edges.size() - 1), id -> id)
                .texts(edges.subList(1, edges.size()), id -> id)
                .number(limit);
        return PostgresBatch.fetch(tx, FRESH, gaps, row -> row.getString(1));
    }

    @Override
    public Set<String> retrying(JooqTx tx, Collection<String> endpointIds) {
        List<String> ids = List.copyOf(endpointIds);
        return Set.copyOf(
                PostgresBatch.fetch(tx, RETRYING, batch -> batch.texts(ids, id -> id), row -> row.getString(1)));
    }

    /** Endpoints that keep an order have a statement of their own, which costs the others more than theirs. */
    @Override
    public List<DeliveryRow> due(JooqTx tx, List<EndpointShare> shares, Instant now) {
        Map<Boolean, List<EndpointShare>> byOrder =
                shares.stream().collect(Collectors.partitioningBy(EndpointShare::perSubject));
        PostgresBatch.fetch(tx, NO_JIT, none -> {}, row -> row.getString(1));
        List<DeliveryRow> due = new ArrayList<>();
        byOrder.forEach((inOrder, some) -> {
            if (!some.isEmpty()) {
                List<DeliveryRow> rows = PostgresBatch.fetch(
                        tx, inOrder ? DUE_IN_ORDER : DUE, asked(some, now), PostgresOpenDeliveries::row);
                due.addAll(inOrder ? withRound(tx, some, rows) : rows);
            }
        });
        return due;
    }

    /** These rows, and where an endpoint has got fewer than it may have, those of further subjects. */
    private List<DeliveryRow> withRound(JooqTx tx, List<EndpointShare> shares, List<DeliveryRow> rows) {
        Map<String, Integer> got = new HashMap<>();
        Map<String, DeliveryRow> all = new LinkedHashMap<>();
        rows.forEach(row -> {
            got.merge(row.delivery().endpointId(), 1, Integer::sum);
            all.put(row.delivery().id(), row);
        });
        Map<String, Integer> room = new HashMap<>();
        shares.forEach(share -> room.put(share.endpointId(), share.limit() - got.getOrDefault(share.endpointId(), 0)));
        List<EndpointShare> lacking = shares.stream()
                .filter(share -> room.getOrDefault(share.endpointId(), 0) > 0)
                .toList();
        List<DeliveryRow> further = lacking.isEmpty() ? List.of() : subjects.next(tx, lacking);
        for (DeliveryRow row : further) {
            String endpoint = row.delivery().endpointId();
            if (!all.containsKey(row.delivery().id()) && room.getOrDefault(endpoint, 0) > 0) {
                room.merge(endpoint, -1, Integer::sum);
                all.put(row.delivery().id(), row);
            }
        }
        return List.copyOf(all.values());
    }

    private static PostgresBatch.Parameters asked(List<EndpointShare> shares, Instant now) {
        List<String> inHand =
                shares.stream().flatMap(share -> share.inHand().stream()).toList();
        return batch -> batch.texts(inHand, id -> id)
                .texts(shares, EndpointShare::endpointId)
                .ints(shares, EndpointShare::limit)
                .instant(now);
    }

    static DeliveryRow row(ResultSet row) throws SQLException {
        String lastError = row.getString(18);
        Delivery delivery = new Delivery(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(6),
                row.getString(7),
                States.of(row.getShort(9)),
                Trigger.valueOf(row.getString(8)),
                row.getLong(10),
                row.getInt(11),
                row.getInt(12),
                instant(row, 14),
                instantOrNull(row, 16),
                null,
                null,
                row.getObject(17, Integer.class),
                lastError == null ? null : AttemptError.valueOf(lastError));
        return new DeliveryRow(
                Owners.of(row.getShort(4), row.getString(5)), delivery, row.getInt(13), instantOrNull(row, 15));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instantOrNull(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
