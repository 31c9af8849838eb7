package dev.matrix.examples.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL on this machine: of this process's own, that commits as one in production does (fsync on, synchronously), or
 * one that runs already.
 */
public final class Postgres implements AutoCloseable {

    /** The option that names one that runs: a JDBC URL with user and password, of a database to try things in. */
    public static final String OPTION = "jdbc";

    private static final String SYSTEM = "postgres";

    private final String url;
    private final Closeable server;
    private final PGSimpleDataSource system = new PGSimpleDataSource();
    private final long postmaster;
    private int schemas;

    private Postgres(String url, Closeable server) {
        this.url = url;
        this.server = server;
        system.setURL(url);
        this.postmaster = postmaster(system);
    }

    /** The connection stays open meanwhile: without it there would be no such process any more. */
    private static long postmaster(DataSource system) {
        try (Connection connection = system.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return ProcessHandle.of(row.getLong(1))
                    .flatMap(ProcessHandle::parent)
                    .map(ProcessHandle::pid)
                    .orElse(-1L);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one that {@link #OPTION} names, else one of this process's own. */
    public static Postgres of(Options options) throws IOException {
        String running = options.text(OPTION, "");
        return running.isEmpty() ? start() : new Postgres(running, () -> {});
    }

    private static Postgres start() throws IOException {
        EmbeddedPostgres started = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "1GB")
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .start();
        return new Postgres(started.getJdbcUrl(SYSTEM, SYSTEM), started);
    }

    /** The statements that took most of its time since the last call: calls, milliseconds in all, and their beginning. */
    public List<String> costliest(int statements) {
        if (statements == 0) {
            return List.of();
        }
        execute(system, "create extension if not exists pg_stat_statements");
        String rows = value(system, """
                select coalesce(string_agg(line, E'\n' order by total desc), '') from (
                  select total_exec_time as total, format('%s calls, %s ms, %s rows: %s', calls,
                    round(total_exec_time::numeric), rows, left(regexp_replace(query, '[[:space:]]+', ' ', 'g'), 90)) as line
                  from pg_stat_statements order by total_exec_time desc limit {}) top
                """.replace("{}", Integer.toString(statements)));
        value(system, "select pg_stat_statements_reset()");
        return rows.lines().toList();
    }

    /**
     * A pool of connections to a new, empty schema; close it when done. Batches are rewritten to multi-row inserts. The schema
     * before it is dropped, or PostgreSQL would clean that up in this one's time.
     */
    public HikariDataSource newSchema(int connections) {
        execute(system, "drop schema if exists trial" + schemas + " cascade");
        String schema = "trial" + ++schemas;
        execute(system, "drop schema if exists " + schema + " cascade");
        execute(system, "create schema " + schema);
        return pool(url + "&currentSchema=" + schema + "&reWriteBatchedInserts=true", connections);
    }

    /** A pool of connections to a schema made before, in whatever process. */
    public static HikariDataSource pool(String url, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        return new HikariDataSource(config);
    }

    public static void execute(DataSource database, String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String value(DataSource database, String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static long count(DataSource database, String sql) {
        return Long.parseLong(value(database, sql));
    }

    /** Its version, and the settings that decide what a commit costs. */
    public String facts() {
        return "PostgreSQL " + value(system, "show server_version") + ", fsync " + value(system, "show fsync")
                + ", synchronous_commit " + value(system, "show synchronous_commit") + ", shared_buffers "
                + value(system, "show shared_buffers") + ", max_wal_size " + value(system, "show max_wal_size");
    }

    /** The processor time of its processes, with those that have ended. */
    public Duration cpu() {
        return Machine.cpuOfFamily(postmaster);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
