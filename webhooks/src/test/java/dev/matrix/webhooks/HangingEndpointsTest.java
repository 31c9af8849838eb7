package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.InstanceChanged;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.JooqStorage;
import dev.matrix.jooq.OpenStorages;
import dev.matrix.testkit.ManualClock;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that hang hold no connection. */
class HangingEndpointsTest {

    private static final int ENDPOINTS = 50;

    @RegisterExtension
    final OpenStorages storages = new OpenStorages();

    private final HikariDataSource pool = storages.database(Database.H2);
    private final List<HttpCall> hanging = new ArrayList<>();
    private final List<Integer> connectionsWhileSending = new ArrayList<>();
    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");

    private final HttpTransport neverAnswering = new HttpTransport() {
        @Override
        public CompletionStage<HttpReply> send(HttpCall call) {
            hanging.add(call);
            connectionsWhileSending.add(pool.getHikariPoolMXBean().getActiveConnections());
            return new CompletableFuture<>();
        }

        @Override
        public void close() {}
    };

    private static void drive(Matrix matrix) {
        for (int runs = 0; matrix.runDueStep().isPresent(); runs++) {
            assertThat(runs).isLessThan(10_000);
        }
    }

    private void publish(Matrix matrix, int endpoint) {
        matrix.events()
                .publish(InstanceChanged.builder(
                                "i-1", Owner.user("u" + endpoint), EventTypes.INSTANCE_STARTED, "gpu", clock.instant())
                        .build());
    }

    @Test
    @Tag("C20")
    @Tag("W22")
    void fiftyHangingEndpointsLeaveAPoolOfFourToThePublisher() throws SQLException {
        assertThat(pool.getMaximumPoolSize()).isEqualTo(4);
        pool.setConnectionTimeout(10_000);
        Matrix matrix = Matrix.builder()
                .stores(JooqStorage.over(pool))
                .transport(neverAnswering)
                .keys(KeyRing.envelope(KeyEncryptionKey.local("test", new byte[32])))
                .clock(clock)
                .build();
        Webhooks webhooks = Webhooks.on(matrix).build();
        for (int i = 0; i < ENDPOINTS; i++) {
            webhooks.register(Endpoint.to(URI.create("https://h" + i + ".example.com/"))
                    .ownedBy(Owner.user("u" + i))
                    .events("*"));
            publish(matrix, i);
        }
        drive(matrix);
        assertThat(hanging).hasSize(ENDPOINTS);

        List<Connection> others = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            others.add(pool.getConnection());
        }
        IntStream.range(0, ENDPOINTS).forEach(i -> publish(matrix, i));
        drive(matrix);

        assertThat(hanging).hasSize(2 * ENDPOINTS);
        assertThat(connectionsWhileSending.subList(0, ENDPOINTS)).containsOnly(0);
        assertThat(connectionsWhileSending.subList(ENDPOINTS, 2 * ENDPOINTS))
                .as("the test's own")
                .containsOnly(3);
        assertThat(pool.getHikariPoolMXBean().getThreadsAwaitingConnection()).isZero();
        for (Connection other : others) {
            other.close();
        }
    }
}
