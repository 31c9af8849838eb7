package dev.matrix.money.spi;

import dev.matrix.core.spi.HttpTransport;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Publishes exchange rates. Thread-safe; what it holds is its configuration alone. */
public interface RateSource {

    /** Unique in a Matrix and the same for ever, as snapshots are stored by it: {@code [a-z0-9-]{1,32}}. */
    String name();

    /** How often it publishes. */
    RateClass rateClass();

    /**
     * Asks for rates. Blocks until the answer is there; called by one node at a time, never inside a transaction. What it throws
     * counts as a passing failure.
     */
    RateFetch fetch(FetchRequest request, HttpTransport transport);

    /**
     * When to ask again. By default after a pause of its class, and after failures in 30 s, doubling to 15 min; the caller
     * lengthens that by a little chance, and a {@code Retry-After} comes first.
     *
     * @param newestObservedAt the newest observation that is in use; null: none
     * @param failures how many attempts in a row have failed; 0 after a success
     */
    default Instant nextAttempt(Instant now, @Nullable Instant newestObservedAt, int failures) {
        return now.plus(failures == 0 ? rateClass().every() : pauseAfter(failures));
    }

    /** 30 s after the first failure in a row, doubling to 15 min. */
    static Duration pauseAfter(int failures) {
        Duration pause = Duration.ofSeconds(30L << Math.min(failures - 1, 5));
        Duration longest = Duration.ofMinutes(15);
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}
