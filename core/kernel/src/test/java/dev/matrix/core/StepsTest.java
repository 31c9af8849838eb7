package dev.matrix.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.OtherThread;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Steps that fail in every way, and what a host is told of them. */
class StepsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private record Work(String name, boolean local, Function<Instant, Instant> work) implements Step {

        @Override
        public Instant run(Instant now) {
            return work.apply(now);
        }
    }

    private static final class Unspeakable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no words for it");
        }
    }

    /** A store time that the test decides about. */
    private static final class TestTime implements StoreClock {

        private final ManualClock now = ManualClock.at(START);
        private final AtomicInteger refreshes = new AtomicInteger();
        private volatile @Nullable Error refusal;
        private volatile boolean trusted = true;

        @Override
        public Instant instant() {
            return now.instant();
        }

        @Override
        public void refresh() {
            refreshes.incrementAndGet();
            Error refused = refusal;
            if (refused != null) {
                refusal = null;
                throw refused;
            }
        }

        @Override
        public boolean isTrusted() {
            return trusted;
        }
    }

    private record TestStores(Stores stores, StoreClock time, AtomicInteger closed) implements Stores {

        @Override
        public <S> S get(Class<S> type) {
            return stores.get(type);
        }

        @Override
        public <S> Stores with(Class<S> type, S store) {
            return new TestStores(stores.with(type, store), time, closed);
        }

        @Override
        public Transactions transactions() {
            return stores.transactions();
        }

        @Override
        public StoreClock clock(InstantSource node) {
            return time;
        }

        @Override
        public boolean persistent() {
            return false;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private static final class UnclosableTransport implements HttpTransport {

        @Override
        public CompletionStage<HttpReply> send(HttpCall call) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            throw new IllegalStateException("the transport's bad day");
        }
    }

    private final TestTime time = new TestTime();
    private final AtomicInteger closed = new AtomicInteger();
    private final Stores stores = new TestStores(Stores.inMemory(time.now), time, closed);

    private Matrix matrix() {
        return Matrix.builder().stores(stores).build();
    }

    private static Work work(String name, Function<Instant, Instant> work) {
        return new Work(name, false, work);
    }

    private static StepStatus status(Matrix matrix, String step) {
        return matrix.steps().stream()
                .filter(status -> status.name().equals(step))
                .findFirst()
                .orElseThrow();
    }

    private static void drain(Matrix matrix) {
        for (int runs = 0; matrix.runDueStep().isPresent(); runs++) {
            assertThat(runs).isLessThan(100);
        }
    }

    /** Spins, as nobody tells of it. */
    private static void awaitThat(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static void awaitRuns(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aHostIsToldOfEachStepsLastRunFailuresAndError() {
        List<RuntimeException> failures = new ArrayList<>();
        try (Matrix matrix = matrix()) {
            matrix.add(work("test.step", now -> {
                if (!failures.isEmpty()) {
                    throw failures.remove(0);
                }
                return now.plusSeconds(1);
            }));
            assertThat(status(matrix, "test.step")).isEqualTo(new StepStatus("test.step", null, false, 0, null));

            failures.add(new IllegalStateException("first"));
            failures.add(new StorageException("second"));
            drain(matrix);
            assertThat(status(matrix, "test.step"))
                    .isEqualTo(new StepStatus("test.step", START, false, 1, "java.lang.IllegalStateException: first"));
            time.now.advance(Duration.ofSeconds(1));
            drain(matrix);
            assertThat(status(matrix, "test.step").failures()).isEqualTo(2);
            time.now.advance(Duration.ofSeconds(2));
            drain(matrix);
            StepStatus well = status(matrix, "test.step");
            assertThat(well.failures()).isZero();
            assertThat(well.lastRun()).isEqualTo(START.plusSeconds(3));
            assertThat(well.lastError()).endsWith("StorageException: second");
            assertThat(matrix.steps()).extracting(StepStatus::name).contains("clock", "keys", "events.subscribers");
        }
    }

    @Test
    void afterAStorageExceptionAStepPausesFiveSecondsAtMost() {
        Instant now = START;
        ScheduledStep step = new ScheduledStep(work("test.step", at -> {
            throw new StorageException("down");
        }));
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            assertThat(step.run(now)).isTrue();
            pauses.add(Duration.between(now, step.next()).toSeconds());
            now = step.next();
        }
        assertThat(pauses).containsExactly(1L, 2L, 4L, 5L, 5L, 5L);
    }

    @Test
    void anExceptionWithoutWordsIsToldByItsClassAndStopsNothing() {
        try (Matrix matrix = matrix()) {
            matrix.add(work("test.step", now -> {
                throw new Unspeakable();
            }));
            drain(matrix);
            time.now.advance(Duration.ofSeconds(1));
            drain(matrix);
            assertThat(status(matrix, "test.step").failures()).isEqualTo(2);
            assertThat(status(matrix, "test.step").lastError()).isEqualTo(Unspeakable.class.getName());
        }
    }

    @Test
    void aStepsThreadSurvivesErrorsWordlessExceptionsAndInterruptsLeftBehind() {
        CountDownLatch runs = new CountDownLatch(4);
        try (Matrix matrix =
                Matrix.builder().stores(Stores.inMemory()).node("survivor").build()) {
            matrix.add(work("test.step", now -> {
                runs.countDown();
                if (runs.getCount() == 3) {
                    throw new StackOverflowError();
                }
                if (runs.getCount() == 2) {
                    throw new Unspeakable();
                }
                Thread.currentThread().interrupt();
                return now.plusMillis(1);
            }));
            matrix.start();
            awaitRuns(runs);
            assertThat(status(matrix, "test.step").lastError()).isEqualTo(Unspeakable.class.getName());
        }
    }

    @Test
    @Tag("E18")
    void anErrorWhileStoreTimeIsReadIsSeenAndTheNextReadingComes() {
        time.refusal = new NoClassDefFoundError("of the driver");
        try (Matrix matrix = matrix()) {
            matrix.start();
            awaitThat(() -> String.valueOf(status(matrix, "clock").lastError()).contains("of the driver"));
            time.now.advance(Duration.ofMinutes(1));
            matrix.wake("clock");
            awaitThat(() -> time.refreshes.get() == 2);
            awaitThat(() -> status(matrix, "clock").failures() == 0);
        }
    }

    @Test
    @Tag("E18")
    void whileStoreTimeIsUntrustedOnlyLocalStepsRun() {
        List<String> ran = new ArrayList<>();
        try (Matrix matrix = matrix()) {
            matrix.add(new Work("test.local", true, now -> {
                ran.add("local");
                return now.plusSeconds(1);
            }));
            matrix.add(work("test.store", now -> {
                ran.add("store");
                return now.plusSeconds(1);
            }));
            time.trusted = false;
            drain(matrix);
            assertThat(ran).containsExactly("local");
            assertThat(matrix.nextDue())
                    .as("the clock's step and the local one")
                    .isEqualTo(START.plusSeconds(1));

            time.trusted = true;
            drain(matrix);
            assertThat(ran).containsExactly("local", "store");
        }
    }

    @Test
    @Tag("E18")
    void aStepThatPlannedByATimeThatWasAheadRunsAtOnceWhenTimeStepsBack() {
        AtomicInteger runs = new AtomicInteger();
        try (Matrix matrix = matrix()) {
            matrix.add(work("test.step", now -> {
                runs.incrementAndGet();
                return now.plusMillis(50);
            }));
            time.now.advance(Duration.ofDays(365));
            drain(matrix);
            time.now.advance(Duration.ofDays(-365));
            drain(matrix);
            assertThat(runs).hasValue(2);
            time.now.advance(Duration.ofMillis(50));
            drain(matrix);
            assertThat(runs).hasValue(3);
        }
    }

    @Test
    void wakesThatNobodyAwaitsAddUpToNothing() throws InterruptedException {
        ScheduledStep step = new ScheduledStep(work("test.step", now -> Instant.MAX));
        for (int i = 0; i < 10_000; i++) {
            step.wake();
            step.run(START);
        }
        assertThat(step.pendingWakes()).isEqualTo(1);
        step.awaitWake(0);
        assertThat(step.pendingWakes()).isZero();
    }

    @Test
    void twoThreadsThatDriveByHandRunAStepOnceAtATime() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Matrix matrix = matrix()) {
            drain(matrix);
            matrix.add(work("test.step", now -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.onSpinWait();
                inside.decrementAndGet();
                return now;
            }));
            List<OtherThread<Boolean>> drivers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                drivers.add(OtherThread.running(() -> {
                    for (int runs = 0; runs < 5_000; runs++) {
                        matrix.runDueStep();
                    }
                    return true;
                }));
            }
            drivers.forEach(OtherThread::join);
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void aPartThatFailsToCloseKeepsNoOtherOpen() {
        Matrix matrix = Matrix.builder()
                .stores(stores)
                .transport(new UnclosableTransport())
                .build();

        assertThatThrownBy(matrix::close).hasMessage("the transport's bad day");
        assertThat(closed).hasValue(1);
    }
}
