package dev.matrix.webhooks.jooq;

import dev.matrix.core.spi.HttpReply.Timing;
import dev.matrix.jooq.JooqTx;
import dev.matrix.jooq.PostgresBatch;
import dev.matrix.webhooks.Attempt;
import dev.matrix.webhooks.Delivery;
import dev.matrix.webhooks.spi.AttemptResult;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One statement, whatever the number of results. A result that applies can't have been logged before, as it would have applied
 * then; only of the others may an attempt be there already, where a batch is stored again whose commit went unheard.
 */
final class PostgresCompletion implements Completion {

    private static final String COMPLETE = """
            with result as materialized (
              select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                  ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as r (id, delivery_id, endpoint_id, number, started_at, outcome, status, error, url, key_ids,
                  remote_address, reply_headers, reply_body, truncated, dns, connect, tls, first_byte, total,
                  token, version, state, attempts, deferrals, requests, first_request_at, due_at, finished_at,
                  end_reason, last_status, last_error)),
            held as materialized (
              select locked.endpoint_id, locked.token
              from (select distinct endpoint_id from result order by endpoint_id) touched
              cross join lateral (
                select l.endpoint_id, l.token from matrix_webhook_lease l
                where l.endpoint_id = touched.endpoint_id and l.lease_until is not null limit 1 for share) locked),
            moved as (
              update matrix_webhook_delivery d
              set state = r.state, attempts = r.attempts, deferrals = r.deferrals, requests = r.requests,
                first_request_at = timestamptz 'epoch' + r.first_request_at * interval '1 microsecond',
                due_at = timestamptz 'epoch' + r.due_at * interval '1 microsecond',
                finished_at = timestamptz 'epoch' + r.finished_at * interval '1 microsecond',
                end_reason = r.end_reason, last_status = r.last_status, last_error = r.last_error,
                open_subject = case when r.state < 2 then d.open_subject end,
                exhausted_at = case when r.state = 3 then timestamptz 'epoch' + r.finished_at * interval '1 microsecond' end
              from result r join held h on h.endpoint_id = r.endpoint_id and h.token = r.token
              where d.id = r.delivery_id and d.version = r.version and d.state < 2
                and d.requests < r.requests
              returning d.id, d.endpoint_id, r.id as attempt_id),
            begun as (
              delete from matrix_webhook_queue q using moved m
              where q.endpoint_id = m.endpoint_id and q.delivery_id = m.id),
            logged as (
              insert into matrix_webhook_attempt (%1$s)
              select %2$s, false from result r join moved m on m.attempt_id = r.id),
            late as (
              insert into matrix_webhook_attempt (%1$s)
              select %2$s, true from result r where r.id not in (select attempt_id from moved)
              on conflict do nothing)
            select id from moved
            """.formatted("""
                    id, delivery_id, endpoint_id, number, started_at, outcome, status, error, url, key_ids,
                    remote_address, reply_headers, reply_body, truncated, dns_micros, connect_micros, tls_micros,
                    first_byte_micros, total_micros, late""", """
                    r.id, r.delivery_id, r.endpoint_id, r.number,
                    timestamptz 'epoch' + r.started_at * interval '1 microsecond', r.outcome, r.status, r.error, r.url,
                    r.key_ids, r.remote_address, r.reply_headers, r.reply_body, r.truncated, r.dns, r.connect, r.tls,
                    r.first_byte, r.total""");

    /** In id order, in which rows are then locked too, so that two calls seldom deadlock. */
    @Override
    public Set<String> complete(JooqTx tx, List<AttemptResult> results) {
        List<AttemptResult> inOrder = results.stream()
                .sorted(Comparator.comparing(result -> result.after().id()))
                .toList();
        return new HashSet<>(PostgresBatch.fetch(tx, COMPLETE, batch -> bind(batch, inOrder), row -> row.getString(1)));
    }

    private static void bind(PostgresBatch batch, List<AttemptResult> results) throws SQLException {
        List<Attempt> attempts = results.stream().map(AttemptResult::attempt).toList();
        List<Timing> timings = attempts.stream().map(Attempt::timing).toList();
        List<Delivery> after = results.stream().map(AttemptResult::after).toList();
        batch.texts(attempts, Attempt::id)
                .texts(after, Delivery::id)
                .texts(after, Delivery::endpointId)
                .ints(attempts, Attempt::number)
                .instants(attempts, Attempt::startedAt)
                .names(attempts, Attempt::outcome)
                .ints(attempts, Attempt::status)
                .names(attempts, Attempt::error)
                .texts(attempts, Attempt::url)
                .texts(attempts, AttemptRows::keyIds)
                .texts(attempts, Attempt::remoteAddress)
                .texts(attempts, attempt -> ReplyHeaders.encode(attempt.replyHeaders()))
                .bytes(attempts, Attempt::replyBody)
                .flags(attempts, Attempt::truncated)
                .ints(timings, timing -> AttemptRows.micros(timing.dns()))
                .ints(timings, timing -> AttemptRows.micros(timing.connect()))
                .ints(timings, timing -> AttemptRows.micros(timing.tls()))
                .ints(timings, timing -> AttemptRows.micros(timing.firstByte()))
                .ints(timings, timing -> AttemptRows.micros(timing.total()))
                .longs(results, AttemptResult::leaseToken)
                .longs(after, Delivery::version)
                .shorts(after, delivery -> States.code(delivery.state()))
                .ints(after, Delivery::attempts)
                .ints(after, Delivery::deferrals)
                .ints(results, AttemptResult::requests)
                .instants(results, AttemptResult::firstRequestAt)
                .instants(after, Delivery::dueAt)
                .instants(after, Delivery::finishedAt)
                .names(after, Delivery::endReason)
                .ints(after, Delivery::lastStatus)
                .names(after, Delivery::lastError);
    }
}
