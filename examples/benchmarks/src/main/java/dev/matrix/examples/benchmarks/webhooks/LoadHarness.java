package dev.matrix.examples.benchmarks.webhooks;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import dev.matrix.examples.benchmarks.Facts;
import dev.matrix.examples.benchmarks.Machine;
import dev.matrix.examples.benchmarks.Options;
import dev.matrix.examples.benchmarks.Postgres;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * What one node delivers and logs a second, beside db-scheduler and bare requests, and beside much that was, much that waits
 * and much in flight; how soon; and what one endpoint that hangs does to the others. Node, PostgreSQL and receiver share this machine; nothing comes from outside.
 */
public final class LoadHarness {

    private static final String ALL =
            "deliveries,held,rows,db-scheduler,raw,publishing,history,backlog,wide,latency,hanging,greedy";
    private static final int CONNECTIONS = 16;
    private static final int LATENCY_RATE = 500;
    private static final int BACKLOG = 100_000;
    private static final int HISTORY = 1_000_000;
    private static final int MORE = 10;
    private static final int WIDE = 1_024;
    private static final int GREEDY_CALL = 10;

    private final Postgres postgres;
    private final ReceiverProcess receiver;
    private final Meter meter;
    private final int endpoints;
    private final int open;
    private final int inFlight;
    private final int peersInFlight;
    private final int statements;
    private final List<Meter.Measured> rates = new ArrayList<>();
    private final List<Latencies.Quantiles> latencies = new ArrayList<>();
    private double growth = Double.NaN;

    private LoadHarness(Postgres postgres, ReceiverProcess receiver, Options options) {
        this.postgres = postgres;
        this.receiver = receiver;
        this.meter = new Meter(
                postgres,
                receiver,
                Duration.ofSeconds(options.number("warmup", 10)),
                Duration.ofSeconds(options.number("seconds", 60)));
        this.endpoints = options.number("endpoints", 100);
        this.open = options.number("open", 2_000);
        this.inFlight = options.number("inflight", 64);
        this.statements = options.number("statements", 0);
        this.peersInFlight = options.number("peers", 64);
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(
                arguments,
                Set.of(
                        "warmup",
                        "seconds",
                        "endpoints",
                        "open",
                        "inflight",
                        "peers",
                        "trials",
                        "statements",
                        Postgres.OPTION));
        try (Postgres postgres = Postgres.of(options);
                ReceiverProcess receiver = ReceiverProcess.start()) {
            System.out.println(Machine.facts() + "; " + postgres.facts());
            LoadHarness harness = new LoadHarness(postgres, receiver, options);
            for (String trial : options.text("trials", ALL).split(",", -1)) {
                switch (trial) {
                    case "deliveries" -> harness.deliveries();
                    case "held" -> harness.held();
                    case "rows" -> harness.rows();
                    case "db-scheduler" -> harness.jobs();
                    case "raw" -> harness.raw();
                    case "publishing" -> harness.publishing();
                    case "history" -> harness.history();
                    case "backlog" -> harness.backlog();
                    case "wide" -> harness.wide();
                    case "latency" -> harness.latency();
                    case "hanging" -> harness.hanging();
                    case "greedy" -> harness.greedy();
                    default -> throw new IllegalArgumentException("No trial " + trial + "; there are " + ALL + ".");
                }
            }
            harness.print();
        }
        // OkHttp's and db-scheduler's threads live on for a minute.
        System.exit(0);
    }

    private void print() {
        System.out.printf(
                "%n%d endpoints, 1 kB, %d s after %d s of warm-up; %d in flight at most, the peers %d%n%n",
                endpoints, meter.run().toSeconds(), meter.warmUp().toSeconds(), inFlight, peersInFlight);
        System.out.println(Meter.Measured.HEAD);
        rates.forEach(rate -> System.out.println(rate.row()));
        rates.stream()
                .skip(1)
                .forEach(peer -> System.out.printf(
                        "%s / %s: %.2f%n",
                        rates.get(0).what(), peer.what(), rates.get(0).perSecond() / peer.perSecond()));
        System.out.println("\n" + Latencies.Quantiles.HEAD);
        latencies.forEach(quantiles -> System.out.println(quantiles.row()));
        if (!Double.isNaN(growth)) {
            System.out.printf("p99 beside the one: %+.0f %%%n", growth * 100);
        }
    }

    private List<URI> uris() {
        return uris("/");
    }

    private List<URI> uris(String path) {
        return IntStream.range(0, endpoints)
                .mapToObj(i -> receiver.uri(path + i))
                .toList();
    }

    private void deliveries() {
        try (HikariDataSource pool = postgres.newSchema(CONNECTIONS);
                Node node = node(pool, uris())) {
            deliveries("Matrix, logged", node);
        }
    }

    /** No row that is updated or deleted meanwhile can be cleaned up, as this transaction might see it still. */
    private void held() throws SQLException {
        try (HikariDataSource pool = postgres.newSchema(CONNECTIONS);
                Node node = node(pool, uris());
                Connection reader = pool.getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("select 1");
            deliveries("the same, beside a transaction held open", node);
            reader.rollback();
        }
    }

    private void deliveries(String what, Node node) {
        node.start();
        node.settle();
        Meter.Measured rate;
        try (Supply supply = supply(open, node)) {
            supply.start();
            rate = meter.measure(what, node::logged);
        }
        rates.add(rate);
        Machine.pause(Duration.ofSeconds(2));
        System.out.println(node.rows());
        postgres.costliest(statements).forEach(System.out::println);
    }

    private Supply supply(int atOnce, Node node) {
        return new Supply(atOnce, from -> node.publish("e-", from, Supply.CALL, endpoints), node::replies);
    }

    /** Events with their deliveries, a hundred a call; nothing is sent. */
    private void publishing() {
        try (HikariDataSource pool = postgres.newSchema(CONNECTIONS);
                Node node = node(pool, uris());
                Supply supply = supply(Integer.MAX_VALUE, node)) {
            supply.start();
            rates.add(meter.measure("published and routed, nothing sent", supply::added));
        }
    }

    /** In tables that have long been in use. */
    private void history() {
        for (int rows = HISTORY; rows <= HISTORY * MORE; rows *= MORE) {
            try (HikariDataSource pool = postgres.newSchema(CONNECTIONS);
                    Node node = node(pool, uris())) {
                History.fill(pool, rows);
                deliveries(String.format("Matrix, logged, after %,d deliveries", rows), node);
            }
        }
    }

    /** With ever so many that wait. */
    private void backlog() {
        for (int waiting = BACKLOG; waiting <= BACKLOG * MORE; waiting *= MORE) {
            try (HikariDataSource pool = postgres.newSchema(CONNECTIONS);
                    Node node = node(pool, uris())) {
                for (int from = 0; from < waiting; from += Supply.CALL) {
                    node.publish("backlog-", from, Supply.CALL, endpoints);
                }
                deliveries(String.format("Matrix, logged, while %,d wait", waiting), node);
            }
        }
    }

    /** Receivers that take a second: the rate is the number in flight. */
    private void wide() {
        try (HikariDataSource pool = postgres.newSchema(CONNECTIONS);
                Node node = node(pool, uris(Receiver.SLOW), WIDE)) {
            deliveries(
                    String.format(
                            "Matrix, logged, %,d in flight to receivers that take a second, on %d MiB of heap",
                            WIDE, Runtime.getRuntime().maxMemory() >> 20),
                    node);
        }
    }

    private Node node(HikariDataSource pool, List<URI> targets) {
        return node(pool, targets, inFlight);
    }

    private static Node node(HikariDataSource pool, List<URI> targets, int inFlight) {
        Node node = new Node(pool, inFlight);
        for (int i = 0; i < targets.size(); i++) {
            node.register(i, targets.get(i));
        }
        return node;
    }

    private static byte[] body() {
        return JsonCodec.of(Currencies.standard())
                .encode(Facts.draft("e-1234567", Node.owner(1)).payload());
    }

    /** A node makes the tables. */
    private void rows() {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (HikariDataSource pool = postgres.newSchema(CONNECTIONS)) {
            node(pool, List.of()).close();
            try (RowsAndPosts rows = new RowsAndPosts(pool, threads, peersInFlight, uris(), body())) {
                rates.add(meter.measure("the same rows and POSTs by hand", rows::done));
            }
        }
    }

    private void jobs() {
        try (HikariDataSource pool = postgres.newSchema(CONNECTIONS);
                JobQueue queue = new JobQueue(pool, peersInFlight, uris(), body());
                Supply supply = new Supply(open, queue::add, queue::done)) {
            supply.start();
            rates.add(meter.measure("db-scheduler", queue::done));
        }
    }

    private void raw() {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (RawPosts posts = new RawPosts(threads, peersInFlight, uris(), body())) {
            rates.add(meter.measure("OkHttp alone", posts::done));
        }
    }

    private void latency() throws InterruptedException, ExecutionException {
        try (HikariDataSource pool = postgres.newSchema(CONNECTIONS);
                Node node = node(pool, uris())) {
            node.start();
            latencies.add(latencies(endpoints + " endpoints", node, 0));
        }
        try (HikariDataSource pool = postgres.newSchema(CONNECTIONS);
                Node node = node(pool, uris());
                Node elsewhere = new Node(pool, inFlight)) {
            node.start();
            latencies.add(latencies("published on another node, seen by the poll", elsewhere, 0));
        }
    }

    private Latencies.Quantiles latencies(String what, Node publisher, int skipped)
            throws InterruptedException, ExecutionException {
        return new Latencies(LATENCY_RATE)
                .measure(what, publisher, receiver, endpoints, skipped, meter.warmUp(), meter.run());
    }

    /** The same events to the same 99, first without the one that hangs and then behind its backlog. */
    private void hanging() throws InterruptedException, ExecutionException {
        Latencies.Quantiles calm;
        try (HikariDataSource pool = postgres.newSchema(CONNECTIONS);
                Node node = node(pool, uris())) {
            node.start();
            calm = latencies((endpoints - 1) + " of " + endpoints, node, 1);
        }
        List<URI> targets = new ArrayList<>(uris());
        targets.set(0, receiver.uri(Receiver.HANG));
        try (HikariDataSource pool = postgres.newSchema(CONNECTIONS);
                Node node = node(pool, targets)) {
            for (int from = 0; from < BACKLOG; from += Supply.CALL) {
                node.publish("backlog-", from, Supply.CALL, 1);
            }
            node.start();
            Latencies.Quantiles beside =
                    latencies("the same, while the other hangs before a backlog of " + BACKLOG, node, 1);
            latencies.add(calm);
            latencies.add(beside);
            growth = beside.p99() / calm.p99() - 1;
        }
    }

    /** The same events to the same 99, first alone and then beside an owner who publishes a hundred times one's share. */
    private void greedy() throws InterruptedException, ExecutionException {
        Latencies.Quantiles calm;
        Latencies.Quantiles beside;
        try (HikariDataSource pool = postgres.newSchema(CONNECTIONS);
                Node node = node(pool, uris())) {
            node.start();
            calm = latencies((endpoints - 1) + " of " + endpoints, node, 1);
        }
        AtomicInteger published = new AtomicInteger();
        try (HikariDataSource pool = postgres.newSchema(CONNECTIONS);
                Node node = node(pool, uris());
                Workers greedy = new Workers("greedy", 1, () -> {
                    node.publish("greedy-", published.getAndAdd(GREEDY_CALL), GREEDY_CALL, 1);
                    Machine.pause(
                            Duration.ofSeconds(1).multipliedBy(GREEDY_CALL).dividedBy(greedyRate()));
                })) {
            node.start();
            greedy.start();
            beside = latencies("the same, while one publishes 100 times its share", node, 1);
        }
        System.out.println("published by the greedy one: " + published);
        latencies.add(calm);
        latencies.add(beside);
        growth = beside.p99() / calm.p99() - 1;
    }

    /** Events per second. */
    private int greedyRate() {
        return 100 * LATENCY_RATE / (endpoints - 1);
    }
}
