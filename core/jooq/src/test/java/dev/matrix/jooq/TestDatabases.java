package dev.matrix.jooq;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** New, empty databases, each with a small pool; close it when done. PostgreSQL's server is one for all tests. */
final class TestDatabases {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int CONNECTIONS = 4;

    /** Started by the first test that needs it. */
    private static final class Server {

        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "200")
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private TestDatabases() {}

    static HikariDataSource empty(Database database) {
        return switch (database) {
            case POSTGRESQL -> postgres();
            case H2 ->
                pool("jdbc:h2:mem:test" + COUNT.incrementAndGet()
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;LOCK_TIMEOUT=20000");
        };
    }

    static CommitCutter cutter() {
        return new CommitCutter(Server.POSTGRES.getPort());
    }

    /** A new, empty schema of PostgreSQL's, reached through a cutter. */
    static HikariDataSource behind(CommitCutter cutter) {
        // Without prepared statements each COMMIT travels as a text, and the cutter can read it.
        String options = schemaOptions() + "&prepareThreshold=0&sslmode=disable&gssEncMode=disable";
        return pool("jdbc:postgresql://127.0.0.1:" + cutter.port() + "/postgres?user=postgres" + options);
    }

    private static HikariDataSource postgres() {
        return pool(Server.POSTGRES.getJdbcUrl("postgres", "postgres") + schemaOptions());
    }

    private static String schemaOptions() {
        String schema = "test" + COUNT.incrementAndGet();
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema " + schema);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        // As many hosts have it, which asks more of stores: a batch of inserts tells no counts any more.
        return "&currentSchema=" + schema + "&reWriteBatchedInserts=true";
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }
}
