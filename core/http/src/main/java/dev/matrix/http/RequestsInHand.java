package dev.matrix.http;

import java.time.Duration;

/** Counts what is being answered, so that closing can wait for it. */
final class RequestsInHand {

    private int count;
    private boolean closing;

    synchronized void begin() {
        count++;
    }

    synchronized void end() {
        count--;
        notifyAll();
    }

    /** From now on no further request is wanted on any connection. */
    synchronized void close() {
        closing = true;
    }

    /** Whether no further request is wanted on any connection. */
    synchronized boolean closing() {
        return closing;
    }

    /** Waits until none is in progress, for a bounded time; an interrupt ends the wait. */
    synchronized void awaitNone(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            long left = patience.toMillis();
            while (count > 0 && left > 0) {
                wait(left);
                left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
