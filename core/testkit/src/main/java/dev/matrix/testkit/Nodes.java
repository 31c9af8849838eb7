package dev.matrix.testkit;

import dev.matrix.core.Matrix;
import dev.matrix.core.MatrixBuilder;
import dev.matrix.core.PageRequest;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.event.spi.EventStore;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Nodes over one storage, driven by hand by one store time; with a journal in that storage, in which handlers note what
 * they did so that it commits or rolls back with them.
 */
final class Nodes {

    /** What a handler throws that kills its process. */
    static final class Death extends Error {

        private static final long serialVersionUID = 1L;

        Death() {
            super("the handler killed its process", null, false, false);
        }
    }

    /** One key-encryption key for all nodes, so that each can open what another has sealed. */
    static final KeyRing.Spec KEYS = KeyRing.envelope(KeyEncryptionKey.local("test", new byte[32]));

    private static final String JOURNAL = "test.journal";

    private final ManualClock clock = ManualClock.at(StoreUnderTest.START);
    private final AtomicInteger seeds = new AtomicInteger();
    private final StoresView stores;

    Nodes(StoreContract contract) {
        this.stores = StoresView.of(contract.stores()).withTime(clock);
    }

    ManualClock clock() {
        return clock;
    }

    StoresView stores() {
        return stores;
    }

    /** A node with these subscribers, which has begun: its first steps have run. */
    Matrix node(EventSubscriber... subscribers) {
        return begun(builder(stores, clock, subscribers).build());
    }

    /** A node whose transactions are seen through {@code wrapper}. */
    Matrix node(UnaryOperator<Transactions> wrapper, EventSubscriber... subscribers) {
        return begun(builder(stores.around(wrapper), clock, subscribers).build());
    }

    MatrixBuilder builder(StoresView view, InstantSource nodeClock, EventSubscriber... subscribers) {
        int seed = seeds.incrementAndGet();
        MatrixBuilder builder = Matrix.builder()
                .stores(view)
                .keys(KEYS)
                .clock(nodeClock)
                .node("n" + seed)
                .insecureRandom(new SplittableRandom(seed))
                .eventType(Noted.TYPE);
        List.of(subscribers).forEach(builder::subscriber);
        return builder;
    }

    Matrix begun(Matrix matrix) {
        drain(matrix);
        return matrix;
    }

    /** Runs what is due at this moment, until nothing is. */
    void drain(Matrix... nodes) {
        for (Matrix node : nodes) {
            boolean ran = true;
            while (ran) {
                ran = node.runDueStep().isPresent();
            }
        }
    }

    /** Moves the time on, then runs what is due. */
    void after(Duration step, Matrix... nodes) {
        clock.advance(step);
        drain(nodes);
    }

    /** Lets an hour pass, second by second at first and then minute by minute: enough for 12 attempts. */
    void untilAttemptsEnd(Matrix... nodes) {
        for (int second = 0; second < 60; second++) {
            after(Duration.ofSeconds(1), nodes);
        }
        for (int minute = 0; minute < 60; minute++) {
            after(Duration.ofMinutes(1), nodes);
        }
    }

    void note(Tx tx, List<StoredEvent> events) {
        events.forEach(event -> note(tx, event.event().subject()));
    }

    void note(Tx tx, String text) {
        EventRows row = EventRows.event("note-%06d".formatted(seeds.incrementAndGet()))
                .ofType(JOURNAL)
                .saying(text);
        stores.get(EventStore.class).append(tx, List.of(row.appended()));
    }

    /** What was noted and has committed, in the order of noting. */
    List<String> notes() {
        EventQuery query = EventQuery.all().ofTypes(JOURNAL);
        return stores.transactions()
                .returning(tx -> stores.get(EventStore.class).page(tx, query, PageRequest.first(1_000)).items().stream()
                        .map(Nodes::text)
                        .toList());
    }

    private static String text(EventRow row) {
        byte[] payload = row.payload();
        return payload == null ? "" : new String(payload, StandardCharsets.UTF_8);
    }
}
