package dev.matrix.money.spi;

import dev.matrix.core.spi.Backoff;
import dev.matrix.core.spi.HttpTransport;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Publishes exchange rates. Thread-safe; what it holds is its configuration alone. */
public interface RateSource {

    /** The pauses after failures in a row: 30 s, doubling to 15 min. */
    Backoff PAUSES = Backoff.doubling(Duration.ofSeconds(30), Duration.ofMinutes(15));

    /** Unique in a Matrix and the same for ever, as snapshots are stored by it: {@code [a-z0-9-]{1,32}}. */
    String name();

    /** How often it publishes, and how old its rates may be: a constant, or a class of its own. The same for ever. */
    RateClass rateClass();

    /**
     * Asks for rates. Blocks until the answer is there; called by one node at a time, never inside a transaction. What it throws
     * counts as a passing failure.
     */
    RateFetch fetch(FetchRequest request, HttpTransport transport);

    /**
     * When to ask again. By default after a pause of its class, and after failures in 30 s, doubling to 15 min; the caller
     * lengthens that by chance, up to a fifth. What the source asks for in {@link RateFetch.Failed#retryAfter()} comes first.
     *
     * @param newestObservedAt the newest observation that is in use; null: none
     * @param failures how many attempts in a row have failed; 0 after a success
     */
    default Instant nextAttempt(Instant now, @Nullable Instant newestObservedAt, int failures) {
        return now.plus(failures == 0 ? rateClass().every() : PAUSES.after(failures));
    }
}
