package dev.matrix.refunds.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of an answer to a dispute. Null or an exception in its place counts as {@link Unknown}. */
public sealed interface DisputeResult {

    /** The provider took it; the dispute is now as it says. */
    record Taken(DisputeFacts facts) implements DisputeResult {}

    /** The provider accepted it and doesn't show it yet; a fetch will. */
    record Pending() implements DisputeResult {}

    /** The final no. */
    record Declined(String message) implements DisputeResult {}

    /** It is proven not to have happened. */
    record NotExecuted(
            Attempted why, String message, @Nullable Duration retryAfter) implements DisputeResult {}

    /** Nobody can tell; a fetch decides. */
    record Unknown(String cause) implements DisputeResult {}
}
