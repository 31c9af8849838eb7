package dev.matrix.examples.benchmarks.webhooks;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.examples.benchmarks.Postgres;
import java.util.stream.IntStream;

/** What a system has behind it after a while: deliveries that were made days ago, with their events and attempts. */
final class History {

    private static final int PART = 500_000;

    private static final String FILL = """
            with made as (
              select i, e.id as endpoint_id, e.owner_type, e.owner_id, lpad(i::text, 26, '0') as number,
                now() - interval '10 days' + i * interval '10 milliseconds' as at
              from generate_series({from} + 1, {to}) as i
              join (select *, row_number() over (order by id) - 1 as place from matrix_webhook_endpoint) e
                on e.place = i % (select count(*) from matrix_webhook_endpoint)),
            events as (
              insert into matrix_event (id, type, version, owner_type, owner_id, subject, occurred_at, recorded_at,
                visible_to, idem_key, fingerprint, addressed, payload)
              select 'evt_' || number, 'usage.recorded', 1, owner_type, owner_id, number, at, at,
                '', number, decode(md5(number), 'hex'), ',webhooks,', convert_to(repeat(md5(number), 32), 'UTF8')
              from made),
            deliveries as (
              insert into matrix_webhook_delivery (id, endpoint_id, event_id, owner_type, owner_id, type, subject, ordered,
                cause, state, version, attempts, deferrals, requests, created_at, first_request_at, finished_at, last_status)
              select 'whd_' || number, endpoint_id, 'evt_' || number, owner_type, owner_id, 'usage.recorded', number, false,
                'EVENT', 2, 1, 1, 0, 1, at, at, at, 200
              from made)
            insert into matrix_webhook_attempt (id, delivery_id, endpoint_id, number, started_at, outcome, status, url, key_ids,
              reply_headers, reply_body, truncated, late, dns_micros, connect_micros, tls_micros, first_byte_micros, total_micros)
            select 'wha_' || number, 'whd_' || number, endpoint_id, 1, at, 'DELIVERED', 200, 'http://127.0.0.1/', 'whk_1',
              '', '', false, false, 0, 0, 0, 500, 600
            from made
            """;

    private History() {}

    /** For the endpoints that there are, in turn, as many as {@code deliveries}. */
    static void fill(HikariDataSource pool, int deliveries) {
        IntStream.rangeClosed(0, (deliveries - 1) / PART)
                .parallel()
                .map(part -> part * PART)
                .forEach(from -> Postgres.execute(
                        pool,
                        FILL.replace("{from}", Integer.toString(from))
                                .replace("{to}", Integer.toString(Math.min(deliveries, from + PART)))));
        Postgres.execute(pool, "analyze");
        Postgres.execute(pool, "checkpoint");
    }
}
