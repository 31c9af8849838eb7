package dev.matrix.webhooks.spi;

import dev.matrix.webhooks.Attempt;
import dev.matrix.webhooks.EndpointView;

/**
 * Told of what happened, after it has committed: for metrics and caches of one node. It hears of what its own node did
 * alone, and may miss what a crash cut off; what must not be missed is in the event log, as {@code endpoint.*}. Called on
 * the thread that committed, so it returns soon; what it throws is logged at WARN and changes nothing. Thread-safe.
 */
public interface WebhookListener {

    /** A request has ended and is logged. */
    default void onAttempt(Attempt attempt) {}

    /** An endpoint was registered or changed, by a person or by what its receiver answered. */
    default void onEndpoint(EndpointView endpoint) {}
}
