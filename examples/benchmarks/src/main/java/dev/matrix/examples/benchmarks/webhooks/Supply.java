package dev.matrix.examples.benchmarks.webhooks;

import dev.matrix.examples.benchmarks.Machine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/** Keeps a queue filled: threads that add a hundred at a time while fewer than so many are open. */
final class Supply implements AutoCloseable {

    static final int CALL = 100;

    /** One would wait for its commits, and be what bounds the whole. */
    private static final int THREADS = 4;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

    private final int open;
    private final IntConsumer add;
    private final LongSupplier done;
    private final AtomicInteger added = new AtomicInteger();
    private final Workers workers = new Workers("supply", THREADS, this::fill);

    /**
     * @param add adds the hundred from this number on
     * @param done how many have been worked off
     */
    Supply(int open, IntConsumer add, LongSupplier done) {
        this.open = open;
        this.add = add;
        this.done = done;
    }

    void start() {
        workers.start();
    }

    /** How many have been added, or are just being. */
    long added() {
        return added.get();
    }

    private void fill() {
        if (added.get() - done.getAsLong() < open) {
            add.accept(added.getAndAdd(CALL));
        } else {
            Machine.pause(LOOK_AGAIN);
        }
    }

    @Override
    public void close() {
        workers.close();
    }
}
