package dev.matrix.webhooks;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint is to get again. Immutable; starts at {@link #since}.
 *
 * @param since from here on: deliveries by their creation, events by their recording
 * @param until up to here, exclusive; null: up to now
 * @param include which
 */
public record RecoveryRequest(Instant since, @Nullable Instant until, Include include) {

    /** What a recovery sends. */
    public enum Include {
        /** Deliveries that are EXHAUSTED or CANCELLED. */
        FAILED,
        /** Events that match the endpoint as it is now and were never routed to it. */
        MISSED,
        /** Both. */
        BOTH
    }

    /** Refuses an empty span, by InvalidRequestException. */
    public RecoveryRequest {
        requireNonNull(since, "since");
        requireNonNull(include, "include");
        if (until != null && !since.isBefore(until)) {
            throw new InvalidRequestException("since (" + since + ") must lie before until (" + until + ").");
        }
    }

    /** What failed from an instant up to now. */
    public static RecoveryRequest since(Instant first) {
        return new RecoveryRequest(first, null, Include.FAILED);
    }

    /** This request up to an instant. */
    public RecoveryRequest until(@Nullable Instant end) {
        return new RecoveryRequest(since, end, include);
    }

    /** This request for other kinds. */
    public RecoveryRequest including(Include kinds) {
        return new RecoveryRequest(since, until, kinds);
    }
}
