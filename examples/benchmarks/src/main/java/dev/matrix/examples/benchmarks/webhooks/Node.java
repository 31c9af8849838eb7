package dev.matrix.examples.benchmarks.webhooks;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.AddressPolicy;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.examples.benchmarks.Facts;
import dev.matrix.examples.benchmarks.Machine;
import dev.matrix.examples.benchmarks.Postgres;
import dev.matrix.jooq.JooqStorage;
import dev.matrix.okhttp.OkHttpTransport;
import dev.matrix.webhooks.Endpoint;
import dev.matrix.webhooks.Webhooks;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;

/** A host: Matrix with webhooks over PostgreSQL and OkHttp, as anyone would wire it. One owner an endpoint. */
final class Node implements AutoCloseable {

    private static final AddressPolicy LOCAL = AddressPolicy.publicOnly().allowing("127.0.0.0/8");

    private final HikariDataSource pool;
    private final CountingTransport transport = new CountingTransport(OkHttpTransport.create());
    private final Matrix matrix;
    private final Webhooks webhooks;

    /** @param inFlight at most how many requests at once */
    Node(HikariDataSource pool, int inFlight) {
        this(pool, inFlight, "node-" + UUID.randomUUID(), Duration.ofSeconds(30));
    }

    Node(HikariDataSource pool, int inFlight, String name, Duration lease) {
        this.pool = pool;
        this.matrix = Matrix.builder()
                .stores(JooqStorage.over(pool))
                .transport(transport)
                .keys(KeyRing.envelope(KeyEncryptionKey.local("trial", new byte[32])))
                .node(name)
                .build();
        this.webhooks = Webhooks.on(matrix)
                .httpsOnly(false)
                .addresses(LOCAL)
                .maxInFlight(inFlight)
                .lease(lease)
                .build();
    }

    static Owner owner(int endpoint) {
        return Owner.user("u" + endpoint);
    }

    void register(int endpoint, URI uri) {
        webhooks.register(Endpoint.to(uri).ownedBy(owner(endpoint)).events(Facts.TYPE));
    }

    void start() {
        matrix.start();
    }

    /**
     * For a minute after a subscriber's name or pattern first appears, all that was published since is searched for what it missed. It
     * isn't measured here: the interests are made older.
     */
    void settle() {
        Machine.pause(Duration.ofSeconds(1));
        Postgres.execute(pool, "update matrix_event_interest set since = since - interval '1 day'");
    }

    /** Publishes {@code count} events in one transaction, one each for the endpoints in turn. */
    void publish(String prefix, int from, int count, int endpoints) {
        matrix.events()
                .publishAll(IntStream.range(from, from + count)
                        .mapToObj(i -> Facts.draft(prefix + i, owner(i % endpoints)))
                        .toList());
    }

    /** Publishes one event for one endpoint. */
    void publishTo(String id, int endpoint) {
        matrix.events().publish(Facts.draft(id, owner(endpoint)));
    }

    /** How many requests have ended. */
    long replies() {
        return transport.ended();
    }

    /** How many deliveries are committed as made, with their attempts. */
    long logged() {
        return Postgres.count(pool, "select count(*) from matrix_webhook_delivery where state = 2");
    }

    /** What else is in the tables; a run is sound when attempts equal deliveries and none is late. */
    String rows() {
        return Postgres.value(pool, """
                select (select count(*) from matrix_event) || ' events, ' || count(*) || ' attempts ('
                  || count(*) filter (where late) || ' late, ' || count(*) filter (where status is distinct from 200)
                  || ' failed)' from matrix_webhook_attempt
                """);
    }

    @Override
    public void close() {
        matrix.close();
    }
}
