package dev.matrix.examples.benchmarks.node;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.spi.AddressPolicy;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.examples.benchmarks.Facts;
import dev.matrix.examples.benchmarks.Machine;
import dev.matrix.examples.benchmarks.Options;
import dev.matrix.examples.benchmarks.Postgres;
import dev.matrix.jooq.JooqStorage;
import dev.matrix.money.ExchangeRates;
import dev.matrix.okhttp.OkHttpTransport;
import dev.matrix.tax.Address;
import dev.matrix.tax.SellerProfile;
import dev.matrix.tax.Taxes;
import dev.matrix.webhooks.Endpoint;
import dev.matrix.webhooks.Webhooks;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * What a node with webhooks and money-tax costs while nothing happens, and while it publishes events of 1 kB one by one and
 * delivers each to one endpoint: PostgreSQL's own counts of transactions and rows, threads, and the heap after a collection.
 */
public final class NodeHarness {

    private static final Owner OWNER = Owner.user("u1");
    private static final int CONNECTIONS = 12;

    /** PostgreSQL's counters are flushed by each session at most once a second. */
    private static final Duration FLUSHED = Duration.ofSeconds(2);

    private static final String COUNTERS = """
            select xact_commit || ',' || (tup_inserted + tup_updated + tup_deleted) || ',' || tup_fetched
            from pg_stat_database where datname = current_database()""";

    /** What is counted from the database's beginning. */
    private record Counts(long transactions, long written, long fetched, long nanos) {

        static Counts of(HikariDataSource database) {
            String[] parts = Postgres.value(database, COUNTERS).split(",", -1);
            return new Counts(
                    Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]), System.nanoTime());
        }

        String perSecond(Counts before, long events) {
            double seconds = (nanos - before.nanos) / 1e9;
            return String.format(
                    Locale.ROOT,
                    "%.1f | %.1f | %.1f | %.1f",
                    events / seconds,
                    (transactions - before.transactions) / seconds,
                    (written - before.written) / seconds,
                    (fetched - before.fetched) / seconds);
        }
    }

    private NodeHarness() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments, Set.of("seconds", "rate", Postgres.OPTION));
        Duration time = Duration.ofSeconds(options.number("seconds", 30));
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        try (Postgres postgres = Postgres.of(options);
                HikariDataSource pool = postgres.newSchema(CONNECTIONS);
                Matrix matrix = Matrix.builder()
                        .stores(JooqStorage.over(pool))
                        .transport(OkHttpTransport.create())
                        .keys(KeyRing.envelope(KeyEncryptionKey.local("trial", new byte[32])))
                        .build()) {
            System.out.println(Machine.facts() + "; " + postgres.facts());
            Webhooks webhooks = Webhooks.on(matrix)
                    .httpsOnly(false)
                    .addresses(AddressPolicy.publicOnly().allowing("127.0.0.0/8"))
                    .build();
            ExchangeRates rates = ExchangeRates.on(matrix).build();
            Taxes.on(matrix)
                    .seller(SellerProfile.of("acme", Address.of("DE")))
                    .converter(rates)
                    .build();
            URI uri = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/");
            webhooks.register(Endpoint.to(uri).ownedBy(OWNER).events(Facts.TYPE));
            matrix.start();
            System.out.println(
                    "| | events/s | transactions/s | rows written/s | rows fetched by index/s | threads | heap |");
            System.out.println("|---|---|---|---|---|---|---|");
            Machine.pause(Duration.ofSeconds(75));
            measure("idle", pool, () -> {
                Machine.pause(time);
                return 0;
            });
            int rate = options.number("rate", 100);
            measure("busy", pool, () -> publish(matrix, time, rate));
        } finally {
            receiver.stop(0);
        }
    }

    /** Does something and gives the number of events. */
    @FunctionalInterface
    private interface Work {

        long run();
    }

    private static void measure(String name, HikariDataSource pool, Work work) {
        Counts before = Counts.of(pool);
        long events = work.run();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        Machine.pause(FLUSHED);
        Counts after = Counts.of(pool);
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %d MiB |%n",
                name,
                after.perSecond(before, events),
                threads,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }

    private static long publish(Matrix matrix, Duration time, int rate) {
        long begun = System.nanoTime();
        long events = 0;
        while (System.nanoTime() - begun < time.toNanos()) {
            matrix.events().publish(Facts.draft("evt_" + events, OWNER));
            events++;
            long due = begun + events * 1_000_000_000L / rate;
            if (due > System.nanoTime()) {
                Machine.pause(Duration.ofNanos(due - System.nanoTime()));
            }
        }
        return events;
    }
}
