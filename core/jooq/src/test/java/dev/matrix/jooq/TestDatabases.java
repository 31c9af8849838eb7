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

    private static HikariDataSource postgres() {
        String schema = "test" + COUNT.incrementAndGet();
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema " + schema);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        // As many hosts have it, which asks more of stores: a batch of inserts tells no counts any more.
        String options = "&currentSchema=" + schema + "&reWriteBatchedInserts=true";
        return pool(Server.POSTGRES.getJdbcUrl("postgres", "postgres") + options);
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }
}
