package dev.matrix.examples.benchmarks.webhooks;

import dev.matrix.examples.benchmarks.Machine;
import java.time.Duration;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/** Keeps a queue filled: a thread that adds a hundred at a time while fewer than so many are open. */
final class Supply implements AutoCloseable {

    static final int CALL = 100;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param add adds the hundred from this number on
     * @param done how many have been worked off
     */
    Supply(int open, IntConsumer add, LongSupplier done) {
        this.thread = new Thread(() -> fill(open, add, done), "supply");
    }

    void start() {
        thread.start();
    }

    private void fill(int open, IntConsumer add, LongSupplier done) {
        int added = 0;
        while (!closed) {
            if (added - done.getAsLong() < open) {
                add.accept(added);
                added += CALL;
            } else {
                Machine.pause(LOOK_AGAIN);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
