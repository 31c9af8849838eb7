package dev.matrix.webhooks.jooq;

import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.PostgresBatch;
import dev.matrix.webhooks.spi.DeliveryRow;
import dev.matrix.webhooks.spi.EndpointShare;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Goes round the subjects of endpoints that keep their order, for those whose first delivery is queued: a bounded number of
 * subjects a call, from where the last call on this node ended. So a subject is reached after a few calls at most, however many
 * others wait for a retry. Thread-safe; two calls at once go over the same subjects.
 */
final class PostgresSubjects {

    /** How many subjects are gone through at a time, by a loose index scan of one probe each. */
    private static final int SUBJECTS = 1_000;

    /** As an index entry has the beginning of a subject, long ones share it: how many rows of one beginning are read. */
    private static final int ALIKE = 100;

    /** Only where the front of the queue, which is read first, isn't all of it. */
    private static final String ROUND = """
            with held as materialized (select id from unnest(?) as h (id))
            select %5$s, share.endpoint_id as share_id, round.last, round.ended
            from unnest(?, ?, ?) as share (endpoint_id, most, after)
            cross join lateral (
              with recursive subject (beginning, place) as (
                select (
                  select left(f.open_subject, 64) from matrix_webhook_delivery f
                  where f.endpoint_id = share.endpoint_id and f.open_subject is not null
                    and left(f.open_subject, 64) >= share.after
                  order by left(f.open_subject, 64) limit 1), 1
                where (select count(*) from (
                  select from matrix_webhook_queue q where q.endpoint_id = share.endpoint_id limit share.most + %2$d) front)
                  = share.most + %2$d
                union all
                select (
                  select left(e.open_subject, 64) from matrix_webhook_delivery e
                  where e.endpoint_id = share.endpoint_id and e.open_subject is not null
                    and left(e.open_subject, 64) > subject.beginning
                  order by left(e.open_subject, 64) limit 1), subject.place + 1
                from subject where subject.beginning is not null and subject.place < %3$d)
              select max(beginning) as last, coalesce(bool_or(beginning is null), true) as ended,
                array_agg(beginning) as beginnings
              from subject) round
            left join lateral (
              select d.* from unnest(round.beginnings) as s (beginning)
              cross join lateral (
                select * from matrix_webhook_delivery
                where endpoint_id = share.endpoint_id and open_subject is not null and left(open_subject, 64) = s.beginning
                order by event_id limit case when length(s.beginning) < 64 then 1 else %4$d end) d
              where d.state = 0 and d.id not in (select id from held) and not %1$s
              order by d.id limit share.most) due on true
            """.formatted(
                    PostgresOpenDeliveries.WAITS,
                    PostgresOpenDeliveries.FRONT,
                    SUBJECTS,
                    ALIKE,
                    PostgresOpenDeliveries.COLUMNS);

    /** Behind a text in byte order nothing comes before the text with this character, as no text has NUL. */
    private static final char LEAST = '\u0001';

    /** Where the next call begins, by endpoint; from the first subject where there is none. */
    private final Map<String, String> places = new ConcurrentHashMap<>();

    /** What one row shows: a delivery that is due, or only how far the round has come. */
    private record Found(
            @Nullable DeliveryRow row,
            String endpointId,
            @Nullable String next) {}

    /** The first deliveries of their subjects that are queued, of the subjects whose turn it is. */
    List<DeliveryRow> next(JooqTx tx, List<EndpointShare> shares) {
        List<String> held =
                shares.stream().flatMap(share -> share.inHand().stream()).toList();
        PostgresBatch.Parameters asked = batch -> batch.texts(held, id -> id)
                .texts(shares, EndpointShare::endpointId)
                .ints(shares, EndpointShare::limit)
                .texts(shares, share -> places.getOrDefault(share.endpointId(), ""));
        List<DeliveryRow> due = new ArrayList<>();
        for (Found found : PostgresBatch.fetch(tx, ROUND, asked, PostgresSubjects::found)) {
            if (found.next() == null) {
                places.remove(found.endpointId());
            } else {
                places.put(found.endpointId(), found.next() + LEAST);
            }
            if (found.row() != null) {
                due.add(found.row());
            }
        }
        return due;
    }

    private static Found found(ResultSet row) throws SQLException {
        String next = row.getBoolean("ended") ? null : row.getString("last");
        return new Found(
                row.getString(1) == null ? null : PostgresOpenDeliveries.row(row), row.getString("share_id"), next);
    }
}
