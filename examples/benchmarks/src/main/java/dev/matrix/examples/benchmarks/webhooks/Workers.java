package dev.matrix.examples.benchmarks.webhooks;

import java.util.List;
import java.util.stream.IntStream;

/** Threads that do one thing again and again until they are closed, which waits for the last time. */
final class Workers implements AutoCloseable {

    private final List<Thread> threads;
    private volatile boolean closed;

    Workers(String name, int count, Runnable once) {
        this.threads = IntStream.range(0, count)
                .mapToObj(i -> new Thread(() -> repeat(once), name + "-" + i))
                .toList();
    }

    private void repeat(Runnable once) {
        while (!closed) {
            once.run();
        }
    }

    void start() {
        threads.forEach(Thread::start);
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
