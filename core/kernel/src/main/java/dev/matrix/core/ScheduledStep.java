package dev.matrix.core;

import dev.matrix.core.spi.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A step with its next run and its failures in a row; run by one thread at a time, woken by any. */
final class ScheduledStep {

    private static final Logger LOG = LoggerFactory.getLogger(Matrix.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Step step;
    /** Not a monitor: waiting in one pins a virtual thread's carrier before JDK 24. */
    private final Semaphore wakes = new Semaphore(0);

    private volatile Instant next = Instant.MIN;

    /** When a wake counts: after a failure not before the first pause is over, so that wakes flood no log. */
    private volatile Instant soonest = Instant.MIN;

    private volatile boolean woken;
    private volatile boolean running;
    private int failures;

    ScheduledStep(Step step) {
        this.step = step;
    }

    String name() {
        return step.name();
    }

    /** When to run next; {@link Instant#MIN}: at once. A wake changes it at any time. */
    Instant next() {
        return woken ? soonest : next;
    }

    /** Whether it may begin a run: one at a time. */
    boolean isFree() {
        return !running;
    }

    void wake() {
        woken = true;
        wakes.release();
    }

    /** Waits for a wake, at most {@code millis}. */
    void awaitWake(long millis) throws InterruptedException {
        if (wakes.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            wakes.drainPermits();
        }
    }

    /** Runs the step; an exception becomes one WARN and a pause. A wake from here on counts for the run after this. */
    void run(Instant now) {
        woken = false;
        running = true;
        try {
            next = step.run(now);
            soonest = Instant.MIN;
            failures = 0;
        } catch (RuntimeException e) {
            Duration pause = pause(failures);
            failures++;
            next = now.plus(pause);
            soonest = now.plus(FIRST_PAUSE);
            LOG.warn("Step {} failed {} times in a row; it runs again in {}.", name(), failures, pause, e);
        } finally {
            running = false;
        }
    }

    /** Has the step finish; not while it runs still, as it is of one thread. */
    void finish(Instant now) {
        if (running) {
            LOG.warn(
                    "Step {} still runs and is left to itself; leases and retries will pick up what it doesn't end.",
                    name());
            return;
        }
        try {
            step.finish(now);
        } catch (RuntimeException e) {
            LOG.warn("Step {} could not finish what it had in hand; leases and retries will pick it up.", name(), e);
        }
    }

    private static Duration pause(int failures) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 6));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
