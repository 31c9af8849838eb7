package dev.matrix.jooq;

import static dev.matrix.jooq.Events.append;
import static dev.matrix.jooq.Events.event;
import static dev.matrix.jooq.Events.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.core.ConflictException;
import dev.matrix.core.StorageException;
import dev.matrix.core.event.Published;
import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.event.spi.EventStore;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A storage as a host opens it, and as it lives beside the host's own rows. */
class JooqStorageTest {

    @RegisterExtension
    private final OpenStorages storages = new OpenStorages();

    private interface Unknown {}

    @ParameterizedTest
    @EnumSource
    void aHostsOwnRowsCommitAndRollBackWithMatrixs(Database database) throws SQLException {
        JooqStorage storage = storages.storage(database);
        storage.transactions().inTransaction(tx -> run(JooqStorage.connection(tx), "create table own (n integer)"));

        storage.transactions().inTransaction(tx -> {
            run(JooqStorage.connection(tx), "insert into own values (1)");
            append(storage, tx, event("evt_1"));
        });
        assertThatThrownBy(() -> storage.transactions().inTransaction(tx -> {
                    run(JooqStorage.connection(tx), "insert into own values (2)");
                    append(storage, tx, event("evt_2"));
                    throw new IllegalArgumentException("the host's");
                }))
                .hasMessage("the host's");

        assertThat(stored(storage, "evt_1", "evt_2")).containsExactly("evt_1");
        assertThat(storage.transactions()
                        .<Integer>returning(tx -> JooqTx.of(tx)
                                .dsl()
                                .fetchSingle("select sum(n) from own")
                                .get(0, int.class)))
                .isEqualTo(1);
    }

    @Test
    void batchesOfUpdatesTellWhatEachHasChangedWhereTheDriverRewritesThoseOfInserts() {
        storages.storage(Database.POSTGRESQL).transactions().inTransaction(tx -> {
            DSLContext dsl = JooqTx.of(tx).dsl();
            dsl.execute("create table own (n integer)");

            assertThat(dsl.batch("insert into own values (?)").bind(1).bind(2).execute())
                    .containsOnly(Statement.SUCCESS_NO_INFO);
            assertThat(dsl.batch("update own set n = n + 10 where n = ?")
                            .bind(1)
                            .bind(7)
                            .bind(2)
                            .execute())
                    .containsExactly(1, 0, 1);
        });
    }

    @ParameterizedTest
    @EnumSource
    @Tag("E5")
    void matrixJoinsATransactionThatTheHostBeganOnItsConnection(Database database) throws SQLException {
        HikariDataSource pool = storages.database(database);
        JooqStorage storage = JooqStorage.over(pool);
        AtomicReference<String> after = new AtomicReference<>("waits");
        AtomicReference<String> doubted = new AtomicReference<>("waits");
        try (Connection connection = pool.getConnection()) {
            assertThatThrownBy(() -> storage.join(connection))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("setAutoCommit(false)");
            connection.setAutoCommit(false);

            JoinedTx lost = storage.join(connection);
            append(storage, lost, event("evt_1"));
            connection.rollback();
            JoinedTx kept = storage.join(connection);
            append(storage, kept, event("evt_2"));
            kept.hintAfterCommit(() -> after.set("ran"));
            kept.afterCommit(() -> after.set("believed"));
            kept.afterCommit(() -> after.set("believed"), () -> doubted.set("ran"));
            connection.commit();
            kept.committed();

            assertThat(after).as("nobody knows of this commit").hasValue("ran");
            assertThat(doubted).hasValue("ran");
            assertThat(stored(storage, "evt_1", "evt_2")).containsExactly("evt_2");
            assertThatThrownBy(() -> append(storage, kept, event("evt_3")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("over");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("E4")
    void aConflictLeavesTheHostsTransactionUsableAndNothingOfTheCall(Database database) throws SQLException {
        HikariDataSource pool = storages.database(database);
        JooqStorage storage = JooqStorage.over(pool);
        storage.transactions().inTransaction(tx -> append(storage, tx, event("evt_1", "k", "{}")));
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            JoinedTx tx = storage.join(connection);

            assertThatThrownBy(() -> append(storage, tx, event("evt_2"), event("evt_3", "k", "{\"other\":1}")))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("evt_1");
            append(storage, tx, event("evt_4"));
            connection.commit();
        }
        assertThat(stored(storage, "evt_1", "evt_2", "evt_3", "evt_4")).containsExactly("evt_1", "evt_4");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("E4")
    void eventsOfOneCallMayRepeatEachOtherByIdAndByKey(Database database) {
        JooqStorage storage = storages.storage(database);
        storage.transactions().inTransaction(tx -> append(storage, tx, event("evt_0", "taken", "{}")));

        List<Published> results = storage.transactions()
                .returning(tx -> append(
                        storage,
                        tx,
                        event("evt_1", "taken", "{}"),
                        event("evt_1", "free", "{}"),
                        event("evt_2", "free", "{}"),
                        event("evt_1", null, "{}")));

        assertThat(results)
                .as("the first repeats evt_0's key, so the second is the one that evt_1 names")
                .containsExactly(
                        new Published("evt_0", true),
                        new Published("evt_1", false),
                        new Published("evt_1", true),
                        new Published("evt_1", true));
    }

    @ParameterizedTest
    @EnumSource
    void anEventComesBackAsItWas(Database database) {
        JooqStorage storage = storages.storage(database);
        EventRow row = event("evt_1", "k", "{\"a\":\"\u00e4\u2603\"}").row();

        storage.transactions()
                .inTransaction(tx -> append(storage, tx, event("evt_1", "k", "{\"a\":\"\u00e4\u2603\"}")));
        EventRow loaded = storage.transactions()
                .returning(tx -> storage.get(EventStore.class).load(tx, List.of("evt_1")))
                .get(0);

        assertThat(loaded).usingRecursiveComparison().isEqualTo(row);
    }

    @ParameterizedTest
    @EnumSource
    void idsSortByTheirBytes(Database database) {
        JooqStorage storage = storages.storage(database);
        storage.transactions()
                .inTransaction(tx -> append(storage, tx, event("b"), event("_"), event("B"), event("a-"), event("a0")));

        assertThat(stored(storage, "a0", "b", "B", "a-", "_")).containsExactly("B", "_", "a-", "a0", "b");
    }

    @ParameterizedTest
    @EnumSource
    void whatTheDatabaseRefusesIsAStorageExceptionThatNamesNoValue(Database database) {
        JooqStorage storage = storages.storage(database);
        String tooLong = "secret".repeat(60);

        assertThatThrownBy(() -> storage.transactions()
                        .inTransaction(tx -> storage.get(LeaseStore.class)
                                .acquire(tx, tooLong, "n", Events.START, Duration.ofSeconds(1))))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("SQLSTATE 22001")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> storage.transactions().inTransaction(tx -> append(storage, tx, event(tooLong))))
                .isInstanceOf(StorageException.class)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @EnumSource
    void everyConnectionGoesBackWhateverHappens(Database database) {
        HikariDataSource pool = storages.database(database);
        JooqStorage storage = JooqStorage.over(pool);

        for (int i = 0; i < 2 * pool.getMaximumPoolSize(); i++) {
            assertThatThrownBy(() ->
                            storage.transactions().inTransaction(tx -> run(JooqStorage.connection(tx), "nonsense")))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> storage.transactions().inTransaction(tx -> {
                        try {
                            JooqStorage.connection(tx).close();
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    }))
                    .isInstanceOf(StorageException.class);
        }

        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    }

    @Test
    void aTransactionOfAnotherStorageIsRefused() {
        JooqStorage storage = storages.storage(Database.H2);

        Stores.inMemory()
                .transactions()
                .inTransaction(tx -> assertThatThrownBy(() -> JooqStorage.connection(tx))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("another storage"));
        Tx over = storage.transactions().returning(tx -> tx);
        assertThatThrownBy(() -> JooqStorage.connection(over)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anEmbeddedStorageKeepsWhatItCommitted(@TempDir Path folder) {
        try (JooqStorage storage = JooqStorage.embedded(folder.resolve("new"))) {
            storage.transactions().inTransaction(tx -> append(storage, tx, event("evt_1")));
            assertThat(storage.persistent()).isTrue();
        }
        try (JooqStorage storage = JooqStorage.embedded(folder.resolve("new"))) {
            assertThat(stored(storage, "evt_1")).containsExactly("evt_1");
        }
    }

    @Test
    void aFolderThatAnH2UrlCannotHoldIsRefused() {
        assertThatThrownBy(() -> JooqStorage.embedded(Path.of("a;MODE=MySQL")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("semicolon");
    }

    @Test
    void anH2DatabaseInMemoryIsNotPersistent() {
        assertThat(storages.storage(Database.H2).persistent()).isFalse();
    }

    @Test
    void anH2DatabaseInAnotherModeIsRefusedWithTheRemedy() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:other");
        try (HikariDataSource pool = new HikariDataSource(config)) {
            assertThatThrownBy(() -> JooqStorage.over(pool))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("MODE=PostgreSQL");
        }
    }

    @Test
    void anH2DatabaseThatFoldsNamesToUpperCaseServesToo() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:upper;MODE=PostgreSQL;DATABASE_TO_LOWER=FALSE;DATABASE_TO_UPPER=TRUE");
        config.setAutoCommit(false);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            JooqStorage storage = JooqStorage.over(pool);
            storage.transactions().inTransaction(tx -> append(storage, tx, event("evt_1")));

            assertThat(stored(JooqStorage.over(pool, SchemaMode.VALIDATE), "evt_1"))
                    .hasSize(1);
        }
    }

    @Test
    void connectionsOfAnotherIsolationAreRefused() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(storages.database(Database.POSTGRESQL));
        config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
        try (HikariDataSource pool = new HikariDataSource(config)) {
            assertThatThrownBy(() -> JooqStorage.over(pool))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("READ COMMITTED");
        }
    }

    @Test
    void aMissingStoreIsNamedAndCanBeAdded() {
        JooqStorage storage = storages.storage(Database.H2);
        Unknown own = new Unknown() {};

        assertThatThrownBy(() -> storage.get(Unknown.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Unknown");
        assertThat(storage.with(Unknown.class, own).get(Unknown.class)).isSameAs(own);
    }

    private static void run(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
