package dev.matrix.examples.benchmarks.events;

import com.zaxxer.hikari.HikariDataSource;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.spi.EventRow;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.spi.KeyEncryptionKey;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.examples.benchmarks.Facts;
import dev.matrix.examples.benchmarks.Machine;
import dev.matrix.examples.benchmarks.Options;
import dev.matrix.examples.benchmarks.Postgres;
import dev.matrix.examples.benchmarks.Rounds;
import dev.matrix.jooq.JooqStorage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How many events a second are published in calls of 100, and drained by a subscriber that does nothing; beside them plain
 * JDBC batches of the same rows. Each round has tables of its own; the first is warm-up.
 */
public final class PublishHarness {

    private static final int OWNERS = 100;
    private static final int CALL = 100;

    private final Postgres postgres;
    private final int events;
    private final int threads;
    private final Rounds published = new Rounds();
    private final Rounds drained = new Rounds();
    private final Rounds inserted = new Rounds();

    private PublishHarness(Postgres postgres, int events, int threads) {
        this.postgres = postgres;
        this.events = events;
        this.threads = threads;
    }

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments, Set.of("rounds", "events", "threads", Postgres.OPTION));
        int rounds = options.number("rounds", 5);
        try (Postgres postgres = Postgres.of(options)) {
            PublishHarness harness =
                    new PublishHarness(postgres, options.number("events", 100_000), options.number("threads", 4));
            System.out.println(Machine.facts() + "; " + postgres.facts());
            for (int round = 0; round <= rounds; round++) {
                harness.round(round > 0);
            }
            harness.print(rounds);
        }
    }

    private void print(int rounds) {
        System.out.printf(
                "%d rounds of %,d events of 1 kB with keys, calls of %d, %d threads%n%n",
                rounds, events, CALL, threads);
        System.out.println("| | events/s, median | slowest – fastest |\n|---|---|---|");
        System.out.println("| publishAll: event row and queue row | " + published.cells() + " |");
        System.out.println("| JDBC batches of the same rows | " + inserted.cells() + " |");
        System.out.println("| drained by a no-op subscriber | " + drained.cells() + " |");
        System.out.printf("%npublishAll / JDBC batches: %.2f%n", published.median() / inserted.median());
    }

    private void round(boolean counts) throws Exception {
        double batches = batchInserts();
        CountingSubscriber subscriber = new CountingSubscriber(events);
        try (HikariDataSource pool = postgres.newSchema(threads + 4);
                Matrix matrix = Matrix.builder()
                        .stores(JooqStorage.over(pool))
                        .keys(KeyRing.envelope(KeyEncryptionKey.local("trial", new byte[32])))
                        .subscriber(subscriber)
                        .build()) {
            double calls = rate(drafts(), part -> matrix.events().publishAll(part));
            long begun = System.nanoTime();
            matrix.start();
            subscriber.awaitAll();
            double handled = events / seconds(begun);
            if (counts) {
                inserted.add(batches);
                published.add(calls);
                drained.add(handled);
            }
        }
    }

    private double batchInserts() throws InterruptedException, ExecutionException {
        try (HikariDataSource pool = postgres.newSchema(threads)) {
            JooqStorage.over(pool).close();
            BatchInserts inserts = new BatchInserts(pool);
            return rate(rows(), inserts::insert);
        }
    }

    private List<EventDraft> drafts() {
        return IntStream.range(0, events)
                .mapToObj(i -> Facts.draft("evt_" + i, Owner.user("u" + i % OWNERS)))
                .toList();
    }

    private List<EventRow> rows() {
        JsonCodec json = JsonCodec.of(Currencies.standard());
        Instant now = Instant.parse("2026-11-01T12:00:00Z");
        return drafts().stream()
                .map(draft -> new EventRow(
                        String.valueOf(draft.id()),
                        Facts.TYPE,
                        1,
                        draft.payload().owner(),
                        draft.payload().id(),
                        now,
                        now,
                        List.of(),
                        draft.key(),
                        json.encode(draft.payload())))
                .toList();
    }

    /** Works all off in calls of 100, each thread taking every n-th. */
    private <T> double rate(List<T> all, Consumer<List<T>> call) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        long begun = System.nanoTime();
        List<Future<?>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += CALL) {
            List<T> part = all.subList(from, Math.min(from + CALL, all.size()));
            parts.add(pool.submit(() -> call.accept(part)));
        }
        for (Future<?> part : parts) {
            part.get();
        }
        double seconds = seconds(begun);
        pool.shutdown();
        return all.size() / seconds;
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
