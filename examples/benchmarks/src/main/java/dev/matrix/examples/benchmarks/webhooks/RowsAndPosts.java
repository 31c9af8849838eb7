package dev.matrix.examples.benchmarks.webhooks;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * What bounds the whole: the rows that Matrix writes, by hand, and the same signed POSTs, and nothing else: no JSON, no
 * routes, no leases, no retries. Each thread stores five hundred events with their deliveries, sends them, and stores what
 * came of them, in two statements and two transactions.
 */
final class RowsAndPosts implements AutoCloseable {

    private static final int BATCH = 500;
    private static final int THREADS = 6;

    private static final String ROUTED = """
            with given as materialized (
              select id, 'u' || endpoint as owner, 'ep_' || lpad(endpoint, 26, '0') as endpoint, body
              from unnest(?, ?, ?) as n (id, endpoint, body)),
            published as (
              insert into matrix_event (id, type, version, owner_type, owner_id, subject, occurred_at, recorded_at,
                visible_to, fingerprint, addressed, payload)
              select id, 'usage.recorded', 1, 1, owner, id, now(), now(), '', sha256(convert_to(id, 'UTF8')), '', body
              from given),
            queued as (
              insert into matrix_webhook_queue (endpoint_id, delivery_id) select endpoint, 'whd_' || id from given)
            insert into matrix_webhook_delivery (id, endpoint_id, event_id, owner_type, owner_id, type, subject, ordered,
              cause, state, version, attempts, deferrals, requests, created_at)
            select 'whd_' || id, endpoint, id, 1, owner, 'usage.recorded', id, false, 'EVENT', 0, 1, 0, 0, 0, now() from given
            """;

    private static final String DELIVERED = """
            with given as materialized (select 'whd_' || id as id, 'wha_' || id as attempt from unnest(?) as n (id)),
            moved as (
              update matrix_webhook_delivery d set state = 2, attempts = 1, requests = 1, first_request_at = now(),
                finished_at = now(), last_status = 200
              from given where d.id = given.id and d.state = 0 returning d.id, d.endpoint_id, given.attempt),
            begun as (
              delete from matrix_webhook_queue q using moved
              where q.endpoint_id = moved.endpoint_id and q.delivery_id = moved.id)
            insert into matrix_webhook_attempt (id, delivery_id, endpoint_id, number, started_at, outcome, status, url,
              key_ids, remote_address, reply_headers, reply_body, truncated, late, dns_micros, connect_micros, tls_micros,
              first_byte_micros, total_micros)
            select attempt, id, endpoint_id, 1, now(), 'SUCCESS', 200, 'http://127.0.0.1:8080/1', 'whk_' || endpoint_id,
              '127.0.0.1', 'content-length: 0', '', false, false, 0, 0, 0, 300, 400 from moved
            """;

    private final InstantSource clock = InstantSource.system();
    private final HikariDataSource pool;
    private final ExecutorService calls;
    private final OkHttpClient client;
    private final List<URI> receivers;
    private final byte[] body;
    private final AtomicInteger begun = new AtomicInteger();
    private final LongAdder done = new LongAdder();
    private final Workers workers = new Workers("rows", THREADS, this::deliver);

    /** @param pool of connections to a schema that has Matrix's tables */
    RowsAndPosts(HikariDataSource pool, ExecutorService calls, int inFlight, List<URI> receivers, byte[] body) {
        this.pool = pool;
        this.calls = calls;
        this.client = SignedPosts.client(calls, inFlight);
        this.receivers = receivers;
        this.body = body;
        workers.start();
    }

    long done() {
        return done.sum();
    }

    private void deliver() {
        int first = begun.getAndAdd(BATCH);
        List<String> ids = IntStream.range(first, first + BATCH)
                .mapToObj(i -> String.format("%026d", i))
                .toList();
        try (Connection connection = pool.getConnection()) {
            store(connection, first, ids);
            send(first, ids);
            finish(connection, ids);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        done.add(BATCH);
    }

    private void store(Connection connection, int first, List<String> ids) throws SQLException {
        String[] endpoints = IntStream.range(first, first + BATCH)
                .mapToObj(i -> Integer.toString(i % receivers.size()))
                .toArray(String[]::new);
        byte[][] bodies = IntStream.range(0, BATCH).mapToObj(i -> body).toArray(byte[][]::new);
        try (PreparedStatement insert = connection.prepareStatement(ROUTED)) {
            insert.setArray(1, connection.createArrayOf("text", ids.toArray()));
            insert.setArray(2, connection.createArrayOf("text", endpoints));
            insert.setArray(3, connection.createArrayOf("bytea", bodies));
            insert.executeUpdate();
        }
    }

    private void send(int first, List<String> ids) {
        Phaser open = new Phaser(BATCH);
        Callback callback = new Callback() {
            @Override
            public void onResponse(Call call, Response response) {
                response.close();
                open.arrive();
            }

            @Override
            public void onFailure(Call call, IOException e) {
                throw new IllegalStateException(e);
            }
        };
        for (int i = 0; i < BATCH; i++) {
            URI receiver = receivers.get((first + i) % receivers.size());
            client.newCall(SignedPosts.signed(receiver, ids.get(i), body, clock))
                    .enqueue(callback);
        }
        open.awaitAdvance(0);
    }

    private static void finish(Connection connection, List<String> ids) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(DELIVERED)) {
            update.setArray(1, connection.createArrayOf("text", ids.toArray()));
            update.executeUpdate();
        }
    }

    @Override
    public void close() {
        workers.close();
        client.connectionPool().evictAll();
        calls.shutdown();
    }
}
