package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.Matrix;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.HostTransactions;
import dev.matrix.jooq.JooqStorage;
import dev.matrix.jooq.OpenStorages;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What publishing to webhooks costs on PostgreSQL. */
class PublishStatementsTest {

    @RegisterExtension
    private final OpenStorages storages = new OpenStorages();

    private final AtomicInteger statements = new AtomicInteger();

    private Matrix matrix(JooqStorage storage) {
        return Matrix.builder()
                .stores(storage)
                .transport(new Receivers())
                .keys(KeyRing.envelope(KeyEncryptionKey.local("test", new byte[32])))
                .build();
    }

    private DataSource counted() {
        return counting(DataSource.class, storages.database(Database.POSTGRESQL));
    }

    @Test
    @Tag("E1")
    @Tag("W5")
    void aCallWithWarmCachesIsTwoStatementsWhateverItPublishesAndHoweverManyEndpointsItReaches() {
        try (Matrix matrix = matrix(JooqStorage.over(counted()))) {
            Webhooks webhooks = Webhooks.on(matrix).build();
            for (int i = 0; i < 3; i++) {
                webhooks.register(Node.endpoint());
            }
            publish(matrix, "cold", 1);
            statements.set(0);

            publish(matrix, "warm", 100);

            assertThat(statements).hasValue(2);
        }
    }

    @Test
    @Tag("W4")
    @Tag("W5")
    void soItIsInTransactionsOfTheHostAlsoAfterAChangeThatWasMadeInOne() {
        HostTransactions host = new HostTransactions(counted());
        try (Matrix matrix = matrix(JooqStorage.joining(host))) {
            Webhooks webhooks = Webhooks.on(matrix).build();
            Registered registered = webhooks.register(Node.endpoint());
            warm(host, matrix, "first");
            statements.set(0);
            host.inTransaction(connection -> publish(matrix, "warm", 100));
            assertThat(statements).hasValue(2);

            host.inTransaction(connection ->
                    webhooks.setStatus(Node.ALICE, registered.endpoint().id(), EndpointStatus.PAUSED));
            warm(host, matrix, "second");
            statements.set(0);
            host.inTransaction(connection -> publish(matrix, "warm-again", 100));
            assertThat(statements).hasValue(2);
        }
    }

    @Test
    @Tag("W5")
    void whatATransactionOfTheHostRegisteredAndRolledBackIsNotCached() {
        HostTransactions host = new HostTransactions(storages.database(Database.POSTGRESQL));
        try (Matrix matrix = matrix(JooqStorage.joining(host))) {
            Webhooks webhooks = Webhooks.on(matrix).build();
            assertThatThrownBy(() -> host.inTransaction(connection -> {
                        webhooks.register(Node.endpoint().events("instance.stopped"));
                        publish(matrix, "never", 1);
                        publish(matrix, "never-again", 1);
                        driveRefresh(matrix);
                        throw new IllegalStateException("host");
                    }))
                    .hasMessage("host");
            Registered real = webhooks.register(Node.endpoint());

            host.inTransaction(connection -> publish(matrix, "real", 1));

            assertThat(webhooks.deliveries(
                                    Node.ALICE,
                                    DeliveryQuery.ofEndpoint(real.endpoint().id()),
                                    PageRequest.first(9))
                            .items())
                    .singleElement()
                    .satisfies(delivery -> assertThat(delivery.subject()).isEqualTo("real-0"));
        }
    }

    /** Two publishes in the host's transactions, of which the second shows that the first kept nothing. */
    private static void warm(HostTransactions host, Matrix matrix, String prefix) {
        host.inTransaction(connection -> publish(matrix, prefix + "-cold", 1));
        host.inTransaction(connection -> publish(matrix, prefix + "-cool", 1));
        driveRefresh(matrix);
    }

    private static void driveRefresh(Matrix matrix) {
        while (!matrix.runDueStep().orElseThrow().equals(RouteRefresh.NAME)) {
            assertThat(matrix.nextDue()).isNotNull();
        }
    }

    private static void publish(Matrix matrix, String prefix, int count) {
        matrix.events()
                .publishAll(IntStream.range(0, count)
                        .mapToObj(i -> BillingEvent.of(Node.started(prefix + "-" + i, Instant.EPOCH))
                                .withKey(prefix + i))
                        .toList());
    }

    /** Counts what is prepared or created on connections. */
    private <T> T counting(Class<T> type, T counted) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, values) -> {
                    if (List.of("prepareStatement", "prepareCall", "createStatement")
                            .contains(method.getName())) {
                        statements.incrementAndGet();
                    }
                    try {
                        Object result = method.invoke(counted, values);
                        return result instanceof Connection connection
                                ? counting(Connection.class, connection)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
