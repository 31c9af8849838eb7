package dev.matrix.core;

import dev.matrix.core.spi.StoreClock;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives each step on a thread of its own, virtual where the JVM has them, until stopped. */
final class StepThreads {

    private static final Logger LOG = LoggerFactory.getLogger(Matrix.class);
    private static final Duration REFRESH = Duration.ofSeconds(30);
    private static final long LONGEST_WAIT_MILLIS = 60_000;
    private static final long UNTRUSTED_WAIT_MILLIS = 1_000;

    private final StoreClock clock;
    private final List<Thread> threads = new ArrayList<>();
    private final List<ScheduledStep> steps;
    private volatile boolean stopped;

    StepThreads(String node, StoreClock clock, List<ScheduledStep> steps) {
        this.clock = clock;
        this.steps = steps;
        ThreadFactory factory = factory("matrix-" + node + "-");
        threads.add(factory.newThread(this::followClock));
        steps.forEach(step -> threads.add(factory.newThread(() -> drive(step))));
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /** Lets runs in progress end, at most until {@code within} has passed. */
    void stop(Duration within) {
        stopped = true;
        steps.forEach(ScheduledStep::wake);
        threads.get(0).interrupt();
        long deadline = System.nanoTime() + within.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(
                        1, Duration.ofNanos(deadline - System.nanoTime()).toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drive(ScheduledStep step) {
        try {
            while (!stopped) {
                if (!clock.isTrusted()) {
                    step.awaitWake(UNTRUSTED_WAIT_MILLIS);
                    continue;
                }
                Instant now = clock.instant();
                Instant next = step.next();
                if (next.isAfter(now)) {
                    step.awaitWake(millisUntil(next, now));
                } else {
                    runSurviving(step, now);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long millisUntil(Instant next, Instant now) {
        if (next.isAfter(now.plusMillis(LONGEST_WAIT_MILLIS))) {
            return LONGEST_WAIT_MILLIS;
        }
        return Math.max(1, Duration.between(now, next).toMillis());
    }

    /** An Error in host code must not end background work for good: the step goes on as after an exception. */
    private static void runSurviving(ScheduledStep step, Instant now) throws InterruptedException {
        try {
            step.run(now);
        } catch (Error e) {
            LOG.error("Step {} ended with an error; it runs again in a second.", step.name(), e);
            step.awaitWake(UNTRUSTED_WAIT_MILLIS);
        }
    }

    private void followClock() {
        try {
            while (!stopped) {
                try {
                    clock.refresh();
                } catch (RuntimeException e) {
                    LOG.warn("The store's time could not be read; after a minute without it nothing is claimed.", e);
                }
                synchronized (this) {
                    wait(clock.isTrusted() ? REFRESH.toMillis() : UNTRUSTED_WAIT_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Thread.ofVirtual() came with Java 21; this runs on 17 too. */
    private static ThreadFactory factory(String prefix) {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle named =
                    lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class, long.class));
            MethodHandle factory = lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
            Object virtual = Thread.class.getMethod("ofVirtual").invoke(null);
            return (ThreadFactory) factory.invoke(named.invoke(virtual, prefix, 0L));
        } catch (Throwable olderJvm) {
            return new PlatformThreads(prefix);
        }
    }

    private static final class PlatformThreads implements ThreadFactory {

        private final String prefix;
        private int made;

        PlatformThreads(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public synchronized Thread newThread(Runnable work) {
            Thread thread = new Thread(work, prefix + made++);
            thread.setDaemon(true);
            return thread;
        }
    }
}
