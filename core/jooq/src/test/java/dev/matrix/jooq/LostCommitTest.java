package dev.matrix.jooq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.core.Matrix;
import dev.matrix.core.OutcomeUnknownException;
import dev.matrix.core.PageRequest;
import dev.matrix.core.StorageException;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.idempotency.IdempotentCall;
import dev.matrix.core.idempotency.IdempotentResult;
import dev.matrix.core.idempotency.IdempotentResult.Executed;
import dev.matrix.core.idempotency.IdempotentResult.Replayed;
import dev.matrix.core.idempotency.StoredReply;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.CommitCutter.When;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.StoresView;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connection breaks at a commit: what callers are told, and what is done twice or not at all, which is nothing. */
@Tag("E17")
class LostCommitTest {

    @RegisterExtension
    private final OpenStorages storages = new OpenStorages();

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private final List<String> ran = new ArrayList<>();
    private CommitCutter cutter;
    private HikariDataSource pool;
    private JooqStorage storage;

    @BeforeEach
    void openBehindTheCutter() {
        cutter = storages.cutter();
        pool = storages.database(cutter);
        storage = JooqStorage.over(pool);
    }

    private Matrix matrix(EventSubscriber... subscribers) {
        var builder = Matrix.builder()
                .stores(StoresView.of(storage).withTime(clock))
                .clock(clock)
                .keys(KeyRing.envelope(KeyEncryptionKey.local("test", new byte[32])));
        List.of(subscribers).forEach(builder::subscriber);
        return builder.build();
    }

    private static EventDraft draft() {
        return BillingEvent.of(EventTypes.PAYMENT_SUCCEEDED.example().orElseThrow());
    }

    private static int events(Matrix matrix) {
        return matrix.events()
                .page(EventQuery.all().ofTypes("payment.succeeded"), PageRequest.first(1_000))
                .items()
                .size();
    }

    /** What a caller does who looks, and repeats only what wasn't done. */
    private static <R> R repeatingWhatIsRolledBack(Supplier<R> call) {
        try {
            return call.get();
        } catch (StorageException e) {
            assertThat(e).isNotInstanceOf(OutcomeUnknownException.class);
            return call.get();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLostCommitIsAnErrorOfItsOwnAndNoActionFollowsIt(When when) {
        try (Matrix matrix = matrix()) {
            cutter.cut(1, when);

            assertThatThrownBy(() -> matrix.transactions().inTransaction(tx -> {
                        matrix.events().publish(tx, draft());
                        tx.afterCommit(() -> ran.add("action"));
                    }))
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasMessageContaining("may have committed or not")
                    .hasMessageContaining("idempotency key");

            assertThat(cutter.hasCut()).isTrue();
            assertThat(ran).isEmpty();
            assertThat(events(matrix)).isEqualTo(when == When.AFTER_THE_COMMIT ? 1 : 0);
        }
    }

    @Test
    void aConnectionThatBreaksBeforeTheCommitIsARollback() {
        assertThatThrownBy(() -> storage.transactions().inTransaction(tx -> {
                    try {
                        JooqStorage.connection(tx).abort(Runnable::run);
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                    JooqTx.of(tx).dsl().execute("select 1");
                }))
                .isInstanceOf(StorageException.class)
                .isNotInstanceOf(OutcomeUnknownException.class);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("E4")
    void aPublishUnderAKeyMayBeRepeated(When when) {
        try (Matrix matrix = matrix()) {
            EventDraft keyed = draft().withKey("k1");
            cutter.cut(1, when);
            assertThatThrownBy(() -> matrix.events().publish(keyed)).isInstanceOf(OutcomeUnknownException.class);

            boolean duplicate = matrix.events().publish(keyed).duplicate();

            assertThat(duplicate).isEqualTo(when == When.AFTER_THE_COMMIT);
            assertThat(events(matrix)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("H16")
    void anIdempotentCallLooksWhetherItWasDone(When when) {
        try (Matrix matrix = matrix()) {
            IdempotentCall call = IdempotentCall.of(
                    draft().payload().owner(), "topUp", "k1", matrix.json().parse("{}".getBytes(UTF_8)));
            matrix.idempotency()
                    .once(
                            IdempotentCall.of(
                                    draft().payload().owner(),
                                    "topUp",
                                    "warm",
                                    matrix.json().parse("{}".getBytes(UTF_8))),
                            tx -> reply());
            cutter.cut(1, when);

            IdempotentResult result =
                    repeatingWhatIsRolledBack(() -> matrix.idempotency().once(call, tx -> {
                        matrix.events().publish(tx, draft());
                        return reply();
                    }));

            assertThat(cutter.hasCut()).isTrue();
            assertThat(result).isInstanceOf(when == When.AFTER_THE_COMMIT ? Replayed.class : Executed.class);
            assertThat(events(matrix)).isEqualTo(1);
        }
    }

    private static StoredReply reply() {
        return new StoredReply(201, Map.of(), "done".getBytes(UTF_8), "2026-11-01");
    }

    /** Writes a row per event in the handling's transaction. */
    private record Projection() implements EventSubscriber.Transactional {

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
            events.forEach(event -> JooqTx.of(tx)
                    .dsl()
                    .execute("insert into projected values (?)", event.event().id()));
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("E8")
    void aQueuedSubscriberHandlesEachEventOnceWhicheverCommitIsLost(When when) {
        storage.transactions()
                .inTransaction(
                        tx -> JooqTx.of(tx).dsl().execute("create table projected (event_id varchar(64) not null)"));
        try (Matrix matrix = matrix(new Projection())) {
            untilIdle(matrix);
            int published = 0;
            boolean cut = true;
            for (int nth = 1; cut; nth++) {
                matrix.events().publishAll(List.of(draft(), draft(), draft()));
                published += 3;
                cutter.cut(nth, when);

                untilIdle(matrix);

                cut = cutter.hasCut() && nth < 10;
                cutter.cut(0, when);
                assertThat(projected("count(*)")).as("commit %s lost", nth).isEqualTo(published);
                assertThat(projected("count(distinct event_id)")).isEqualTo(published);
            }
            assertThat(matrix.events().subscribers())
                    .allSatisfy(status -> assertThat(status.failed()).isZero());
        }
    }

    private int projected(String what) {
        return storage.transactions()
                .returning(tx -> JooqTx.of(tx)
                        .dsl()
                        .fetchSingle("select " + what + " from projected")
                        .get(0, int.class));
    }

    /** Runs steps for two minutes of store time, long enough for a lease to end and for a failed step to run again. */
    private void untilIdle(Matrix matrix) {
        for (int second = 0; second < 120; second += 15) {
            while (matrix.runDueStep().isPresent()) {
                assertThat(matrix.nextDue()).isNotNull();
            }
            clock.advance(Duration.ofSeconds(15));
        }
    }
}
