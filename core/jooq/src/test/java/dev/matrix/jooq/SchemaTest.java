package dev.matrix.jooq;

import static dev.matrix.jooq.Events.append;
import static dev.matrix.jooq.Events.event;
import static dev.matrix.jooq.Events.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables: created, checked, printed. */
class SchemaTest {

    private static final int NODES = 3;

    @RegisterExtension
    private final OpenStorages storages = new OpenStorages();

    @ParameterizedTest
    @EnumSource
    void severalNodesMayOpenAnEmptyDatabaseAtOnce(Database database) throws Exception {
        DataSource empty = storages.database(database);
        CyclicBarrier start = new CyclicBarrier(NODES);
        ExecutorService nodes = Executors.newFixedThreadPool(NODES);
        try {
            List<Future<JooqStorage>> opened = IntStream.range(0, NODES)
                    .mapToObj(node -> nodes.submit(() -> {
                        start.await();
                        return JooqStorage.over(empty);
                    }))
                    .toList();
            for (Future<JooqStorage> node : opened) {
                JooqStorage storage = node.get();
                storage.transactions().inTransaction(tx -> append(storage, tx, event("evt_1")));
            }
        } finally {
            nodes.shutdown();
        }

        assertThat(count(empty, "select count(*) from matrix_schema where module = 'core'"))
                .isEqualTo(new CoreStores().scripts().size());
    }

    @ParameterizedTest
    @EnumSource
    void aSecondOpeningKeepsWhatIsThere(Database database) {
        DataSource pool = storages.database(database);
        JooqStorage first = JooqStorage.over(pool);
        first.transactions().inTransaction(tx -> append(first, tx, event("evt_1")));

        assertThat(stored(JooqStorage.over(pool), "evt_1")).hasSize(1);
        assertThat(stored(JooqStorage.over(pool, SchemaMode.VALIDATE), "evt_1")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void validatingNamesWhatIsMissing(Database database) {
        DataSource pool = storages.database(database);

        assertThatThrownBy(() -> JooqStorage.over(pool, SchemaMode.VALIDATE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("matrix_event, ")
                .hasMessageContaining("JooqStorage.ddl(Database." + database)
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(700));
        JooqStorage.over(pool);
        run(pool, "alter table matrix_lease drop column ends_at");
        assertThatThrownBy(() -> JooqStorage.over(pool, SchemaMode.VALIDATE))
                .hasMessageContaining("[matrix_lease.ends_at]");
    }

    @ParameterizedTest
    @EnumSource
    void aScriptThatWasChangedAfterItRanIsRefused(Database database) {
        DataSource pool = storages.database(database);
        JooqStorage.over(pool);
        run(pool, "update matrix_schema set checksum = 'of another text' where version = 2");

        for (SchemaMode mode : List.of(SchemaMode.CREATE, SchemaMode.VALIDATE)) {
            assertThatThrownBy(() -> JooqStorage.over(pool, mode))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("core V2__leases.sql");
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePrintedDdlMakesWhatCreateWould(Database database) {
        DataSource pool = storages.database(database);

        run(pool, JooqStorage.ddl(database));

        assertThatCode(() -> JooqStorage.over(pool, SchemaMode.VALIDATE)).doesNotThrowAnyException();
        JooqStorage storage = JooqStorage.over(pool);
        storage.transactions().inTransaction(tx -> append(storage, tx, event("evt_1")));
        assertThat(stored(storage, "evt_1")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = "H2")
    void aDatabaseWhoseCreationWasCutShortAtAnyStatementOpens(Database database) {
        List<String> statements = List.of(JooqStorage.ddl(database).split(";\n", -1));
        for (int done = 1; done < statements.size(); done++) {
            DataSource pool = storages.database(database);
            run(pool, String.join(";\n", statements.subList(0, done)));

            JooqStorage storage = JooqStorage.over(pool);

            storage.transactions().inTransaction(tx -> append(storage, tx, event("evt_1")));
            int after = done;
            assertThatCode(() -> JooqStorage.over(pool, SchemaMode.VALIDATE))
                    .as("cut short after %s statements", after)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void withoutAModeForTheSchemaNothingIsLookedAt() {
        JooqStorage storage = JooqStorage.over(storages.database(Database.H2), SchemaMode.NONE);

        assertThatThrownBy(() -> stored(storage, "evt_1")).isInstanceOf(StorageException.class);
    }

    @Test
    void h2ReadsAScriptOfPostgresqlsInItsOwnWay() {
        String script = """
                create table own (id varchar(9) collate "C");
                create index own_open on own (id) where id > ''; -- postgresql
                -- h2: create index own_open on own (id);
                -- and a word
                """;

        assertThat(Database.POSTGRESQL.read(script)).isEqualTo(script);
        assertThat(Database.H2.read(script)).isEqualTo("""
                create table if not exists own (id varchar(9));
                create index if not exists own_open on own (id);
                -- and a word
                """);
    }

    private static void run(DataSource pool, String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int count(DataSource pool, String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
