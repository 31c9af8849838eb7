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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Receivers that never answer hold nothing that the host's own work needs. */
class HangingReceiversTest {

    private static final Owner OWNER = Owner.user("alice");
    private static final int ENDPOINTS = 50;

    @RegisterExtension
    final OpenStorages storages = new OpenStorages();

    private final List<HttpCall> unanswered = new ArrayList<>();

    /** Nobody ever answers. */
    private final HttpTransport silence = new HttpTransport() {
        @Override
        public CompletionStage<HttpReply> send(HttpCall call) {
            unanswered.add(call);
            return new CompletableFuture<>();
        }

        @Override
        public void close() {}
    };

    @Test
    @Tag("C20")
    @Tag("W22")
    void fiftyThatHangHoldNoneOfFourConnections() {
        HikariDataSource pool = storages.database(Database.POSTGRESQL);
        assertThat(pool.getMaximumPoolSize()).isEqualTo(4);
        Matrix matrix = Matrix.builder()
                .stores(JooqStorage.over(pool))
                .transport(silence)
                .keys(KeyRing.envelope(KeyEncryptionKey.local("test", new byte[32])))
                // It stands, so that there is a moment at which no step is due.
                .clock(ManualClock.at("2026-01-01T00:00:00Z"))
                .build();
        Webhooks webhooks = Webhooks.on(matrix).build();
        for (int i = 0; i < ENDPOINTS; i++) {
            webhooks.register(Endpoint.to(URI.create("https://r" + i + ".example.com/"))
                    .ownedBy(OWNER)
                    .events("instance.*"));
        }
        for (int event = 1; event <= 3; event++) {
            publish(matrix, event);
            while (matrix.runDueStep().isPresent()) {
                // Until none is due.
            }
            assertThat(unanswered).hasSize(event * ENDPOINTS);
            assertThat(pool.getHikariPoolMXBean().getActiveConnections())
                    .as("connections in use while %d requests hang", unanswered.size())
                    .isZero();
        }
    }

    private static void publish(Matrix matrix, int event) {
        matrix.events()
                .publish(InstanceChanged.builder(
                                "i-" + event, OWNER, EventTypes.INSTANCE_STARTED, "gpu.a100", Instant.EPOCH)
                        .build());
    }
}
