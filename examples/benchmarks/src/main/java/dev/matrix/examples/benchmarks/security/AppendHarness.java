package dev.matrix.examples.benchmarks.security;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.examples.benchmarks.Machine;
import dev.matrix.examples.benchmarks.Options;
import dev.matrix.examples.benchmarks.Postgres;
import dev.matrix.examples.benchmarks.Rounds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many entries a second four nodes append durably, each for 64 callers who wait for their own; beside them plain JDBC inserts of the
 * same rows, in as many per commit, by as many connections. Each round has tables of its own; the first is warm-up.
 */
public final class AppendHarness {

    private static final int NODES = 4;
    private static final int CALLERS = 64;
    private static final int CONNECTIONS = 4;

    private final Postgres postgres;
    private final int entries;
    private final Rounds appended = new Rounds();
    private final Rounds inserted = new Rounds();

    private AppendHarness(Postgres postgres, int entries) {
        this.postgres = postgres;
        this.entries = entries;
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments, Set.of("rounds", "entries", Postgres.OPTION));
        int rounds = options.number("rounds", 3);
        try (Postgres postgres = Postgres.of(options)) {
            AppendHarness harness = new AppendHarness(postgres, options.number("entries", 20_000));
            System.out.println(Machine.facts() + "; " + postgres.facts());
            for (int round = 0; round <= rounds; round++) {
                harness.round(round > 0);
            }
            System.out.printf(
                    "%d rounds of %,d entries of 400 bytes, %d nodes of %d callers%n%n",
                    rounds, harness.entries, NODES, CALLERS);
            System.out.println("| | entries/s, median | slowest – fastest |\n|---|---|---|");
            System.out.println("| append | " + harness.appended.cells() + " |");
            System.out.println("| JDBC inserts of the same rows and batches | " + harness.inserted.cells() + " |");
            System.out.printf(
                    Locale.ROOT, "%nappend / JDBC: %.2f%n", harness.appended.median() / harness.inserted.median());
        }
    }

    private void round(boolean counts) throws Exception {
        double appends;
        int perCommit;
        try (HikariDataSource shared = postgres.newSchema(1)) {
            List<HikariDataSource> pools = new ArrayList<>();
            List<AuditNode> nodes = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                pools.add(Postgres.pool(shared.getJdbcUrl(), CONNECTIONS));
                nodes.add(new AuditNode(pools.get(i), "node-" + i));
            }
            String commits = "select xact_commit from pg_stat_database where datname = current_database()";
            long before = Postgres.count(shared, commits);
            appends = appends(nodes);
            Machine.pause(Duration.ofSeconds(1));
            perCommit = (int) Math.max(1, entries / Math.max(1, Postgres.count(shared, commits) - before));
            nodes.forEach(AuditNode::close);
            pools.forEach(HikariDataSource::close);
        }
        double inserts = inserts(perCommit);
        if (counts) {
            appended.add(appends);
            inserted.add(inserts);
        }
        System.out.printf("%,.0f appends/s, %d per commit; JDBC %,.0f/s%n", appends, perCommit, inserts);
    }

    private double appends(List<AuditNode> nodes) throws Exception {
        AtomicInteger next = new AtomicInteger();
        return rate(NODES * CALLERS, caller -> {
            AuditNode node = nodes.get(caller % NODES);
            for (int n = next.getAndIncrement(); n < entries; n = next.getAndIncrement()) {
                node.audit.append(AuditNode.entry(n));
            }
        });
    }

    private double inserts(int perCommit) throws Exception {
        try (HikariDataSource pool = postgres.newSchema(NODES)) {
            new AuditNode(pool, "tables").close();
            AtomicInteger next = new AtomicInteger();
            byte[] body = new byte[400];
            return rate(NODES, caller -> {
                for (int n = next.getAndAdd(perCommit); n < entries; n = next.getAndAdd(perCommit)) {
                    insert(pool, n, Math.min(perCommit, entries - n), body);
                }
            });
        }
    }

    private static void insert(HikariDataSource pool, int from, int count, byte[] body) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            Timestamp now = Timestamp.from(Instant.EPOCH);
            try (PreparedStatement entry = connection.prepareStatement(
                            "insert into matrix_audit_entry (id, owner_type, owner_id, owner_pseudonym, actor, action, category,"
                                    + " success, recorded_at, body) values (?, 0, ?, ?, 'software:harness', 'harness.counted',"
                                    + " 'DATA', true, ?, ?)");
                    PreparedStatement queue = connection.prepareStatement(
                            "insert into matrix_audit_queue (log, entry_id, queued_at, aside) values ('main', ?, ?, false)")) {
                for (int n = from; n < from + count; n++) {
                    String id = String.format(Locale.ROOT, "aud_%026d", n);
                    entry.setString(1, id);
                    entry.setString(2, "u" + n % 100);
                    entry.setString(3, "00000000000000000000000000000000");
                    entry.setTimestamp(4, now);
                    entry.setBytes(5, body);
                    entry.addBatch();
                    queue.setString(1, id);
                    queue.setTimestamp(2, now);
                    queue.addBatch();
                }
                entry.executeBatch();
                queue.executeBatch();
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What one of several threads does. */
    private interface Part {

        void run(int thread);
    }

    private double rate(int threads, Part part) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        long begun = System.nanoTime();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            all.add(pool.submit(() -> part.run(thread)));
        }
        for (Future<?> each : all) {
            each.get();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        pool.shutdown();
        return entries / seconds;
    }
}
