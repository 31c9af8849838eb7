package dev.matrix.examples.benchmarks.webhooks;

import dev.matrix.examples.benchmarks.Machine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

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
    private final List<Thread> threads = IntStream.range(0, THREADS)
            .mapToObj(i -> new Thread(this::fill, "supply-" + i))
            .toList();
    private volatile boolean closed;

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
        threads.forEach(Thread::start);
    }

    private void fill() {
        while (!closed) {
            if (added.get() - done.getAsLong() < open) {
                add.accept(added.getAndAdd(CALL));
            } else {
                Machine.pause(LOOK_AGAIN);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
