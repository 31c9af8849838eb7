package dev.matrix.security.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A far side can't now, and may have said when it can. */
public final class RetryLaterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Duration after;

    /** @param after what the far side asked for; null: it didn't say */
    public RetryLaterException(String message, @Nullable Duration after) {
        super(message);
        this.after = after;
    }

    /** What the far side asked for; null: it didn't say. */
    public @Nullable Duration after() {
        return after;
    }
}
