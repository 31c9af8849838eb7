package dev.matrix.jooq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Tx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two Matrix nodes over one database. */
class TwoNodesTest {

    private static final int EVENTS = 500;

    @RegisterExtension
    private final OpenStorages storages = new OpenStorages();

    private final CountDownLatch handled = new CountDownLatch(EVENTS);

    /** Writes a row an event, by its id, in the transaction of the handling: a second one would fail. */
    private final class Projection implements EventSubscriber.Transactional {

        @Override
        public String name() {
            return "projection";
        }

        @Override
        public Set<EventPattern> interests() {
            return Set.of(new EventPattern("payment.*"));
        }

        @Override
        public void handle(Tx tx, List<StoredEvent> events) {
            for (StoredEvent event : events) {
                JooqTx.of(tx)
                        .dsl()
                        .execute(
                                "insert into projected (event_id) values (?)",
                                event.event().id());
                tx.afterCommit(handled::countDown);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("E8")
    void eachEventIsHandledOnceWhicheverNodePublishedIt(Database database) throws InterruptedException {
        DataSource pool = storages.database(database);
        JooqStorage storage = JooqStorage.over(pool);
        storage.transactions()
                .inTransaction(
                        tx -> JooqTx.of(tx).dsl().execute("create table projected (event_id varchar(64) primary key)"));

        try (Matrix one = node(storage);
                Matrix two = node(JooqStorage.over(pool))) {
            one.start();
            two.start();
            for (int start = 0; start < EVENTS; start += 50) {
                (start % 100 == 0 ? one : two).events().publishAll(drafts(start, start + 50));
            }
            assertThat(handled.await(60, TimeUnit.SECONDS))
                    .as("all are handled")
                    .isTrue();
            assertThat(one.events().subscribers()).singleElement().satisfies(status -> {
                assertThat(status.backlog()).isZero();
                assertThat(status.failed()).isZero();
            });
        }
        assertThat(storage.transactions()
                        .<Integer>returning(tx -> JooqTx.of(tx)
                                .dsl()
                                .fetchSingle("select count(*) from projected")
                                .get(0, int.class)))
                .isEqualTo(EVENTS);
    }

    private Matrix node(JooqStorage storage) {
        return Matrix.builder()
                .stores(storage)
                .keys(KeyRing.envelope(KeyEncryptionKey.local("test", new byte[32])))
                .subscriber(new Projection())
                .build();
    }

    private static List<EventDraft> drafts(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> BillingEvent.of(
                                EventTypes.PAYMENT_SUCCEEDED.example().orElseThrow())
                        .withKey("k" + i))
                .toList();
    }
}
