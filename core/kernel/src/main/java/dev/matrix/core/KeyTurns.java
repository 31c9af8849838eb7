package dev.matrix.core;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Lets the callers of one key work in turn, each as it comes; those of other keys don't notice. It keeps callers that
 * must wait anyway from waiting with a connection each. Keys are forgotten with their last caller.
 */
final class KeyTurns<K> {

    private static final class Turn {

        private final ReentrantLock lock = new ReentrantLock(true);
        private int callers;
    }

    private final Map<K, Turn> turns = new ConcurrentHashMap<>();

    /**
     * Runs {@code work} when it is this caller's turn, with what is left of its patience.
     *
     * @return empty: its patience ended first, or the thread was interrupted and is again
     */
    <R> Optional<R> await(K key, Duration patience, Function<Duration, R> work) {
        long deadline = System.nanoTime() + patience.toNanos();
        Turn turn = turns.compute(key, (k, known) -> {
            Turn joined = known == null ? new Turn() : known;
            joined.callers++;
            return joined;
        });
        try {
            if (!turn.lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
            try {
                return Optional.of(work.apply(Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
            } finally {
                turn.lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            turns.computeIfPresent(key, (k, known) -> --known.callers == 0 ? null : known);
        }
    }

    /** How many keys have callers. */
    int size() {
        return turns.size();
    }
}
