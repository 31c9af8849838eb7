package dev.matrix.jooq;

import static dev.matrix.jooq.Events.append;
import static dev.matrix.jooq.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.event.Published;
import dev.matrix.core.event.spi.DispatchStore;
import dev.matrix.core.event.spi.NewEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What publishing costs on PostgreSQL. */
class PostgresPublishTest {

    @RegisterExtension
    private final OpenStorages storages = new OpenStorages();

    private final DataSource pool = storages.database(Database.POSTGRESQL);
    private final JooqStorage storage = JooqStorage.over(pool);
    private final List<String> statements = new ArrayList<>();

    @Test
    @Tag("E1")
    void anyNumberOfEventsAndTheirQueueRowsAreOneStatement() throws SQLException {
        NewEvent[] events = IntStream.range(0, 100)
                .mapToObj(i -> event("evt_" + i, "k" + i, "{}"))
                .toArray(NewEvent[]::new);

        List<Published> results = publish(events);

        assertThat(results).hasSize(100).noneMatch(Published::duplicate);
        assertThat(statements).hasSize(1);
        assertThat(storage.transactions()
                        .<Integer>returning(tx -> storage.get(DispatchStore.class)
                                .claim(tx, "analytics", "n", Events.START, 1000, Duration.ofSeconds(60))
                                .size()))
                .isEqualTo(100);
    }

    @Test
    @Tag("E4")
    void repetitionsCostOneStatementMore() throws SQLException {
        publish(event("evt_1", "k", "{}"));
        statements.clear();

        List<Published> results = publish(event("evt_2"), event("evt_3", "k", "{}"), event("evt_1", null, "{}"));

        assertThat(results)
                .containsExactly(
                        new Published("evt_2", false), new Published("evt_1", true), new Published("evt_1", true));
        assertThat(statements).hasSize(2);
    }

    private List<Published> publish(NewEvent... events) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            JoinedTx tx = storage.join(recording(connection));
            List<Published> results = append(storage, tx, events);
            connection.commit();
            return results;
        }
    }

    private Connection recording(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().startsWith("prepare")
                            || method.getName().equals("createStatement")) {
                        statements.add(String.valueOf(arguments == null ? "" : arguments[0]));
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
