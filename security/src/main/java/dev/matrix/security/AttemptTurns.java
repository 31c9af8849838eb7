package dev.matrix.security;

import dev.matrix.core.StorageException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Takes attempts in turns: one per person at a time on a node, so that a crowd of guesses at one person holds one connection and
 * holds up nobody else; and four hashes per node, each of which takes 19 MiB. Who gets no turn within 2 s is sent away uncounted.
 */
final class AttemptTurns {

    private static final int HASHES = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Map<Subject, Turn> persons = new ConcurrentHashMap<>();
    private final Semaphore hashes = new Semaphore(HASHES);

    /** A person's turn, kept while somebody has it or waits for it. */
    private static final class Turn {

        private final Semaphore permit = new Semaphore(1);
        private int users;
    }

    <R> R inTurn(Subject subject, Supplier<R> attempt) {
        Turn turn = persons.compute(subject, (same, known) -> {
            Turn used = known == null ? new Turn() : known;
            used.users++;
            return used;
        });
        try {
            return with(turn.permit, attempt);
        } finally {
            persons.computeIfPresent(subject, (same, known) -> --known.users == 0 ? null : known);
        }
    }

    <R> R hashing(Supplier<R> work) {
        return with(hashes, work);
    }

    private static <R> R with(Semaphore turns, Supplier<R> work) {
        try {
            if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StorageException("Too many codes are being tried at once; try again in a moment.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("Interrupted while waiting for a turn; try again.", e);
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
