package dev.matrix.analytics;

import dev.matrix.core.Owner;
import dev.matrix.core.api.ApiProblem;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * How much heavy work runs on a node at once: four calls, of each owner one, so that nobody uses up what others need. Who comes too
 * many is refused at once, as a queue would only move the wait. Thread-safe.
 */
final class HeavyCalls {

    private static final int AT_ONCE = 4;

    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Set<Owner> busy = ConcurrentHashMap.newKeySet();

    /**
     * Runs an owner's work.
     *
     * @throws ApiProblem 429 while another heavy call of the owner runs, 503 while four of others do
     */
    <T> T run(Owner owner, Supplier<T> work) {
        boolean shared = owner.equals(Owner.platform());
        if (!shared && !busy.add(owner)) {
            throw ApiProblem.of(
                    429, "rate_limited", "Another report or forecast of yours is being made. Try again then.");
        }
        try {
            if (!places.tryAcquire()) {
                throw ApiProblem.of(503, "busy", "Four reports or forecasts are being made. Try again in a moment.");
            }
            try {
                return work.get();
            } finally {
                places.release();
            }
        } finally {
            if (!shared) {
                busy.remove(owner);
            }
        }
    }
}
