package dev.matrix.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.event.EventPattern;
import dev.matrix.core.event.EventSubscriber;
import dev.matrix.core.event.StoredEvent;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.testkit.OtherThread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node's life: wired, started, closed. */
class MatrixTest {

    private record Work(String name, Function<Instant, Instant> work, Runnable end) implements Step {

        @Override
        public Instant run(Instant now) {
            return work.apply(now);
        }

        @Override
        public void finish(Instant now) {
            end.run();
        }
    }

    private static Work work(String name, Function<Instant, Instant> work) {
        return new Work(name, work, () -> {});
    }

    private static boolean await(CountDownLatch latch) throws InterruptedException {
        return latch.await(20, TimeUnit.SECONDS);
    }

    @Test
    void storesAreRequiredAndTheMessageSaysHowToGetThem() {
        assertThatThrownBy(() -> Matrix.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Stores.inMemory()");
    }

    @Test
    void aMissingTransportNamesTheFix() {
        try (Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build()) {
            assertThatThrownBy(matrix::transport)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("OkHttpTransport");
        }
    }

    @Test
    void settingsOutsideTheirBoundsAreRefusedWithTheBounds() {
        assertThatThrownBy(() -> Matrix.builder()
                        .stores(Stores.inMemory())
                        .payloadLimit((1 << 20) + 1)
                        .eventRetention(Duration.ofDays(29))
                        .node("no spaces")
                        .build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContainingAll("1048576", "30 to 730 days", "no spaces");
    }

    @Test
    void aStartedMatrixRunsItsStepsWakesThemAndFinishesThemOnceAtItsEnd() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch twice = new CountDownLatch(2);
        AtomicInteger finished = new AtomicInteger();
        Matrix matrix = Matrix.builder().stores(Stores.inMemory()).node("life").build();
        matrix.add(new Work(
                "test.count",
                now -> {
                    first.countDown();
                    twice.countDown();
                    return Instant.MAX;
                },
                finished::incrementAndGet));
        CountDownLatch soon = new CountDownLatch(3);
        matrix.add(work("test.soon", now -> {
            soon.countDown();
            return now.plusMillis(1);
        }));

        matrix.start();
        matrix.start();
        assertThat(await(soon)).isTrue();
        // A wake before the first run has begun is one with it.
        assertThat(await(first)).isTrue();
        matrix.wake("test.count");
        assertThat(await(twice)).isTrue();
        matrix.close();
        matrix.close();

        assertThat(finished).hasValue(1);
        assertThatThrownBy(matrix::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aStepThatThrowsRunsAgainAndSoDoesOneThatEndsInAnError() throws InterruptedException {
        CountDownLatch survived = new CountDownLatch(2);
        AtomicInteger errors = new AtomicInteger();
        try (Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build()) {
            matrix.add(work("test.error", now -> {
                survived.countDown();
                if (errors.getAndIncrement() == 0) {
                    throw new AssertionError("host code");
                }
                return Instant.MAX;
            }));
            matrix.start();
            assertThat(await(survived)).isTrue();
        }
    }

    @Test
    void aStepThatThrowsPausesASecondAndThenTwiceAsLongUpToAMinute() {
        Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
        List<Duration> pauses = new ArrayList<>();
        ScheduledStep step = new ScheduledStep(work("test.fails", at -> {
            throw new IllegalStateException("always");
        }));
        for (int i = 0; i < 9; i++) {
            step.run(now[0]);
            pauses.add(Duration.between(now[0], step.next()));
            now[0] = step.next();
        }
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
        assertThat(step.name()).isEqualTo("test.fails");
    }

    @Test
    void aWakeBringsAFailedStepForwardButNotBeforeASecondHasPassed() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        ScheduledStep step = new ScheduledStep(work("test.fails", at -> {
            throw new IllegalStateException("always");
        }));
        step.run(now);
        step.run(now.plusSeconds(1));
        assertThat(step.next()).isEqualTo(now.plusSeconds(3));
        step.wake();
        assertThat(step.next()).isEqualTo(now.plusSeconds(2));
    }

    @Test
    void noWakeIsLostWhereverItMeetsTheWait() {
        AtomicInteger runs = new AtomicInteger();
        try (Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build()) {
            matrix.add(work("test.woken", now -> {
                runs.incrementAndGet();
                return Instant.MAX;
            }));
            matrix.start();
            for (int woken = 0; woken < 20_000; woken++) {
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
                // Spinning, as the moment to meet is some nanoseconds after a run.
                while (runs.get() <= woken && System.nanoTime() < deadline) {
                    Thread.onSpinWait();
                }
                assertThat(runs.get()).isGreaterThan(woken);
                matrix.wake("test.woken");
            }
        }
    }

    @Test
    void aStepThatCannotFinishDoesNotKeepTheOthersFromFinishing() {
        AtomicInteger finished = new AtomicInteger();
        Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build();
        matrix.add(new Work("test.stuck", now -> Instant.MAX, () -> {
            throw new IllegalStateException("stuck");
        }));
        matrix.add(new Work("test.fine", now -> Instant.MAX, finished::incrementAndGet));
        matrix.close();
        assertThat(finished).hasValue(1);
    }

    @Test
    void aStepThatStillRunsIsNotFinishedBesideItself() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger finished = new AtomicInteger();
        Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build();
        matrix.add(new Work(
                "test.slow",
                now -> {
                    begun.countDown();
                    OtherThread.await(goOn);
                    return Instant.MAX;
                },
                finished::incrementAndGet));
        matrix.start();
        assertThat(await(begun)).isTrue();

        // An interrupt ends close's wait for the run.
        Thread.currentThread().interrupt();
        matrix.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(finished).hasValue(0);
        goOn.countDown();
    }

    @Test
    void drivenByHandTheLongestDueStepRunsFirst() {
        List<String> ran = new ArrayList<>();
        try (Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build()) {
            matrix.add(work("test.a", now -> {
                ran.add("a");
                return Instant.MAX;
            }));
            while (matrix.runDueStep().isPresent()) {
                assertThat(ran).hasSizeLessThan(2);
            }
            matrix.wake("test.a");
            matrix.wake("test.unknown");
            assertThat(matrix.nextDue()).isEqualTo(Instant.MIN);
            assertThat(matrix.runDueStep()).contains("test.a");
            assertThat(ran).containsExactly("a", "a");
        }
    }

    @Test
    void stepsAreNotDrivenByHandWhileThreadsDriveThem() {
        try (Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build()) {
            matrix.start();
            assertThatThrownBy(matrix::runDueStep).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> matrix.add(work("test.late", now -> now)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("start()");
        }
    }

    @Test
    void namesOfStepsAndSubscribersAreTakenOnce() {
        try (Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build()) {
            matrix.add(work("test.a", now -> now));
            assertThatThrownBy(() -> matrix.add(work("test.a", now -> now)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("test.a");
        }
    }

    /** Collects what it is handed, on threads of Matrix's. */
    private record Collecting(List<String> seen, CountDownLatch latch) implements EventSubscriber.External {

        @Override
        public String name() {
            return "collecting";
        }

        @Override
        public Set<EventPattern> interests() {
            return Set.of(new EventPattern("subscription.*"));
        }

        @Override
        public void handle(StoredEvent event) {
            seen.add(event.event().id());
            latch.countDown();
        }
    }

    /** Queued, as it does not say otherwise. */
    private record Counting(AtomicInteger events) implements EventSubscriber.Transactional {

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public Set<EventPattern> interests() {
            return Set.of(new EventPattern("*"));
        }

        @Override
        public void handle(Tx tx, List<StoredEvent> handed) {
            events.addAndGet(handed.size());
        }
    }

    @Test
    void aTransactionalSubscriberIsServedAfterThePublishersCommitUnlessItSaysOtherwise() {
        Counting counting = new Counting(new AtomicInteger());
        try (Matrix matrix =
                Matrix.builder().stores(Stores.inMemory()).subscriber(counting).build()) {
            matrix.transactions().inTransaction(tx -> {
                matrix.events().publish(tx, EventTypes.INVOICE_PAID.example().orElseThrow());
                assertThat(counting.events()).hasValue(0);
            });
            while (counting.events().get() == 0) {
                assertThat(matrix.runDueStep()).isPresent();
            }
            assertThat(counting.events()).hasValue(1);
        }
    }

    @Test
    @Tag("E5")
    void aStartedMatrixHandsOutWhatIsPublishedOnEitherOfTwoNodes() throws InterruptedException {
        Stores stores = Stores.inMemory();
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        Collecting collecting = new Collecting(seen, new CountDownLatch(2));
        try (Matrix one = Matrix.builder()
                        .stores(stores)
                        .node("one")
                        .subscriber(collecting)
                        .build();
                Matrix other = Matrix.builder().stores(stores).node("other").build()) {
            one.start();
            other.start();
            String first = one.events()
                    .publish(EventTypes.SUBSCRIPTION_CREATED.example().orElseThrow())
                    .eventId();
            String second = other.events()
                    .publish(EventTypes.SUBSCRIPTION_UPDATED.example().orElseThrow())
                    .eventId();

            assertThat(await(collecting.latch())).isTrue();
            assertThat(seen).contains(first, second);
        }
    }
}
