package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.jooq.Database;
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

    @Test
    @Tag("E1")
    @Tag("W5")
    void aCallWithWarmCachesIsTwoStatementsWhateverItPublishesAndHoweverManyEndpointsItReaches() {
        DataSource database = counting(DataSource.class, storages.database(Database.POSTGRESQL));
        try (Matrix matrix = Matrix.builder()
                .stores(JooqStorage.over(database))
                .transport(new Receivers())
                .keys(KeyRing.envelope(KeyEncryptionKey.local("test", new byte[32])))
                .build()) {
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
