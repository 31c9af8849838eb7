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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives each step on a thread of its own, virtual where the JVM has them, until stopped. */
final class StepThreads {

    private static final Logger LOG = LoggerFactory.getLogger(Matrix.class);
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
        steps.forEach(step -> threads.add(factory.newThread(() -> drive(step))));
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /** Lets runs in progress end, at most until {@code within} has passed. */
    void stop(Duration within) {
        stopped = true;
        steps.forEach(ScheduledStep::wake);
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

    /** Only {@link #stop} ends it: neither what a step throws nor an interrupt that a step's code has left behind. */
    private void drive(ScheduledStep step) {
        while (!stopped) {
            try {
                turn(step);
            } catch (InterruptedException leftBehind) {
                LOG.debug("The thread of step {} was interrupted and goes on.", step.name());
            } catch (Throwable e) {
                survive(step, e);
            }
        }
    }

    private void turn(ScheduledStep step) throws InterruptedException {
        Instant now = clock.instant();
        boolean trusted = clock.isTrusted();
        Instant next = step.next(now, trusted);
        if (!next.isAfter(now)) {
            step.run(now);
        } else if (trusted) {
            step.awaitWake(millisUntil(next, now));
        } else {
            step.awaitWake(Math.min(UNTRUSTED_WAIT_MILLIS, millisUntil(next, now)));
        }
    }

    /** An Error in host code must not end background work for good: the step goes on as after an exception. */
    private static void survive(ScheduledStep step, Throwable thrown) {
        try {
            LOG.error(
                    "Step {} ended with an error; it runs again in a second: {}",
                    step.name(),
                    Thrown.text(thrown),
                    thrown);
            step.awaitWake(UNTRUSTED_WAIT_MILLIS);
        } catch (Throwable again) {
            // Logging takes memory too, which may be what is short.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(UNTRUSTED_WAIT_MILLIS));
        }
    }

    private static long millisUntil(Instant next, Instant now) {
        if (next.isAfter(now.plusMillis(LONGEST_WAIT_MILLIS))) {
            return LONGEST_WAIT_MILLIS;
        }
        return Math.max(1, Duration.between(now, next).toMillis());
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
            return daemons(prefix);
        }
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger made = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, prefix + made.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }
}
