package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.core.Matrix;
import dev.matrix.core.PageRequest;
import dev.matrix.core.StorageException;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.CommitCutter;
import dev.matrix.jooq.CommitCutter.When;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.JoinedTx;
import dev.matrix.jooq.JooqStorage;
import dev.matrix.jooq.OpenStorages;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.StoresView;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactions on PostgreSQL that look as if they had committed, or don't tell: what endpoints get of them. */
@Tag("E17")
class UncertainCommitsTest {

    @RegisterExtension
    private final OpenStorages storages = new OpenStorages();

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private final Receivers receivers = new Receivers();

    /** A node with one endpoint, whose lane has caught up: what it publishes is sent unread. */
    private final class Setting implements AutoCloseable {

        final HikariDataSource pool;
        final JooqStorage storage;
        final Matrix matrix;
        final Webhooks webhooks;
        final Registered endpoint;

        Setting(HikariDataSource pool) {
            this.pool = pool;
            this.storage = JooqStorage.over(pool);
            this.matrix = Matrix.builder()
                    .stores(StoresView.of(storage).withTime(clock))
                    .transport(receivers)
                    .clock(clock)
                    .keys(KeyRing.envelope(KeyEncryptionKey.local("test", new byte[32])))
                    .build();
            this.webhooks = Webhooks.on(matrix).build();
            this.endpoint = webhooks.register(Node.endpoint());
            matrix.events().publish(Node.started("first", clock.instant()));
            drive();
            assertThat(receivers.calls()).hasSize(1);
        }

        void publish(Tx tx, String instance) {
            matrix.events().publish(tx, Node.started(instance, clock.instant()));
        }

        void drive() {
            int runs = 0;
            while (matrix.runDueStep().isPresent()) {
                assertThat(++runs).isLessThan(100_000);
            }
        }

        void pass(Duration time) {
            for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plusSeconds(1)) {
                drive();
                clock.advance(Duration.ofSeconds(1));
            }
        }

        List<Delivery> deliveries() {
            return webhooks.deliveries(
                            Node.ALICE,
                            DeliveryQuery.ofEndpoint(endpoint.endpoint().id()),
                            PageRequest.first(1_000))
                    .items();
        }

        @Override
        public void close() {
            matrix.close();
        }
    }

    @Test
    @Tag("E5")
    void whatIsPublishedInATransactionWithAFailedStatementIsNotSent() {
        try (Setting setting = new Setting(storages.database(Database.POSTGRESQL))) {
            assertThatThrownBy(() -> setting.matrix.transactions().inTransaction(tx -> {
                        setting.publish(tx, "phantom");
                        try (Statement statement = JooqStorage.connection(tx).createStatement()) {
                            statement.execute("insert into no_such_audit_table values (1)");
                        } catch (SQLException caught) {
                            return;
                        }
                        throw new AssertionError("The statement must fail.");
                    }))
                    .isInstanceOf(StorageException.class);
            setting.pass(Duration.ofSeconds(5));

            assertThat(receivers.calls()).hasSize(1);
        }
    }

    @Test
    @Tag("E5")
    void whatASavepointTookBackIsNotSentAndTheRestIs() throws SQLException {
        try (Setting setting = new Setting(storages.database(Database.POSTGRESQL))) {
            setting.matrix.transactions().inTransaction(tx -> {
                Connection connection = JooqStorage.connection(tx);
                try {
                    Savepoint savepoint = connection.setSavepoint();
                    setting.publish(tx, "phantom");
                    connection.rollback(savepoint);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
                setting.publish(tx, "second");
            });
            setting.pass(Duration.ofSeconds(5));

            assertThat(receivers.calls()).hasSize(2);
            assertThat(setting.deliveries()).extracting(Delivery::subject).containsExactlyInAnyOrder("first", "second");
        }
    }

    @Test
    @Tag("E5")
    void ofATransactionOfTheHostsIsSentWhatTheStoreHas() throws SQLException {
        try (Setting setting = new Setting(storages.database(Database.POSTGRESQL));
                Connection connection = setting.pool.getConnection()) {
            connection.setAutoCommit(false);

            JoinedTx partly = setting.storage.join(connection);
            Savepoint savepoint = connection.setSavepoint();
            setting.publish(partly, "phantom");
            connection.rollback(savepoint);
            setting.publish(partly, "second");
            connection.commit();
            partly.committed();
            JoinedTx failed = setting.storage.join(connection);
            setting.publish(failed, "phantom");
            assertThatThrownBy(() -> connection.createStatement().execute("insert into no_such_table values (1)"))
                    .isInstanceOf(SQLException.class);
            connection.commit();
            failed.committed();
            setting.drive();

            assertThat(receivers.calls()).as("at once, without a poll").hasSize(2);
            assertThat(setting.deliveries()).extracting(Delivery::subject).containsExactlyInAnyOrder("first", "second");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("W23")
    void eachEventIsSentOnceWhicheverCommitOfTheNodesStepsIsLost(When when) {
        CommitCutter cutter = storages.cutter();
        try (Setting setting = new Setting(storages.database(cutter))) {
            int published = 1;
            boolean cut = true;
            for (int nth = 1; cut; nth++) {
                setting.matrix
                        .transactions()
                        .inTransaction(tx -> IntStream.range(0, 3).forEach(i -> setting.publish(tx, "i-" + i)));
                published += 3;
                cutter.cut(nth, when);

                setting.pass(Duration.ofSeconds(10));

                cut = cutter.hasCut() && nth < 12;
                cutter.cut(0, when);
                assertThat(receivers.calls()).as("commit %s lost", nth).hasSize(published);
                assertThat(setting.deliveries())
                        .as("commit %s lost", nth)
                        .hasSize(published)
                        .allSatisfy(delivery -> {
                            assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED);
                            assertThat(delivery.attempts()).isEqualTo(1);
                        });
            }
        }
    }
}
