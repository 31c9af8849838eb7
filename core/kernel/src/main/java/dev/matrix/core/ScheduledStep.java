package dev.matrix.core;

import dev.matrix.core.spi.Backoff;
import dev.matrix.core.spi.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A step with its next run and its failures in a row. Any thread may ask it to run or wake it; one runs it at a time. */
final class ScheduledStep {

    private static final Logger LOG = LoggerFactory.getLogger(Matrix.class);
    private static final Backoff PAUSES = Backoff.doubling(Duration.ofSeconds(1), Duration.ofMinutes(1));

    /** An outage of the store is over for its steps soon after it has ended; a probe each 5 s costs it nothing. */
    private static final Backoff PAUSES_FOR_STORAGE = Backoff.doubling(Duration.ofSeconds(1), Duration.ofSeconds(5));

    /** By how much store time may differ between two runs without having stepped back. */
    private static final Duration STEP_BACK = Duration.ofSeconds(1);

    private final Step step;
    /** Not a monitor: waiting in one pins a virtual thread's carrier before JDK 24. */
    private final Semaphore wakes = new Semaphore(0);

    private final AtomicBoolean running = new AtomicBoolean();
    private volatile Instant next = Instant.MIN;

    /** When a wake counts: after a failure not before the first pause is over, so that wakes flood no log. */
    private volatile Instant soonest = Instant.MIN;

    private volatile boolean woken;
    private volatile Outcome last = new Outcome(null, 0, null);

    /** The outcome of the runs so far. */
    private record Outcome(
            @Nullable Instant begun, int failures, @Nullable String error) {}

    ScheduledStep(Step step) {
        this.step = step;
    }

    String name() {
        return step.name();
    }

    StepStatus status() {
        Outcome seen = last;
        return new StepStatus(name(), seen.begun(), running.get(), seen.failures(), seen.error());
    }

    /** When to run next; {@link Instant#MIN}: at once. A wake changes it at any time. */
    Instant next() {
        return woken ? soonest : next;
    }

    /**
     * When to run next, as far as it may run now; {@link Instant#MAX} while it may not.
     *
     * @param trusted whether {@code now} is
     */
    Instant next(Instant now, boolean trusted) {
        if (running.get() || !(trusted || step.local())) {
            return Instant.MAX;
        }
        return hasSteppedBack(now) ? Instant.MIN : next();
    }

    /** What it has planned by a time that was ahead would wait until then. */
    private boolean hasSteppedBack(Instant now) {
        Instant begun = last.begun();
        return begun != null && now.isBefore(begun.minus(STEP_BACK));
    }

    void wake() {
        woken = true;
        // One permit at most or so, as many wakes may come that nobody waits for.
        if (wakes.availablePermits() == 0) {
            wakes.release();
        }
    }

    int pendingWakes() {
        return wakes.availablePermits();
    }

    /** Waits for a wake, at most {@code millis}. */
    void awaitWake(long millis) throws InterruptedException {
        if (wakes.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            wakes.drainPermits();
        }
    }

    /**
     * Runs the step, unless it runs already; an exception becomes one WARN and a pause. A wake from here on counts for the
     * run after this.
     *
     * @return whether it ran
     * @throws Error what the step throws of the kind, after the same pause has been set
     */
    boolean run(Instant now) {
        if (!running.compareAndSet(false, true)) {
            return false;
        }
        try {
            Outcome before = last;
            last = new Outcome(now, before.failures(), before.error());
            woken = false;
            next = step.run(now);
            soonest = Instant.MIN;
            last = new Outcome(now, 0, before.error());
        } catch (RuntimeException e) {
            String before = last.error();
            Duration pause = failed(now, e);
            log(pause, e, last.failures() > 1 && String.valueOf(last.error()).equals(before));
        } catch (Error e) {
            failed(now, e);
            throw e;
        } finally {
            running.set(false);
        }
        return true;
    }

    private Duration failed(Instant now, Throwable e) {
        int failures = last.failures() + 1;
        Duration pause = (e instanceof StorageException ? PAUSES_FOR_STORAGE : PAUSES).after(failures);
        next = now.plus(pause);
        soonest = now.plus(PAUSES.first());
        last = new Outcome(now, failures, Thrown.text(e));
        return pause;
    }

    /** A failure like the one before takes one line; loggers may ask the exception for its text, which may throw again. */
    private void log(Duration pause, RuntimeException e, boolean again) {
        int failures = last.failures();
        try {
            if (!again) {
                LOG.warn("Step {} failed {} times in a row; it runs again in {}.", name(), failures, pause, e);
                return;
            }
        } catch (RuntimeException unspeakable) {
            // The line below has a text that is safe.
        }
        LOG.warn("Step {} failed {} times in a row; it runs again in {}: {}", name(), failures, pause, last.error());
    }

    /** Has the step finish; not while it runs still, as it is of one thread. It runs no more after this. */
    void finish(Instant now) {
        if (!running.compareAndSet(false, true)) {
            LOG.warn(
                    "Step {} still runs and is left to itself; leases and retries will pick up what it doesn't end.",
                    name());
            return;
        }
        try {
            step.finish(now);
        } catch (RuntimeException | Error e) {
            LOG.warn(
                    "Step {} could not finish what it had begun; leases and retries will pick it up: {}",
                    name(),
                    Thrown.text(e),
                    e);
        }
    }
}
