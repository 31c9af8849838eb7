package dev.matrix.webhooks;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long an endpoint has failed.
 *
 * @param failingSince the first failure after the last success; null: none
 * @param failures failed attempts since then; throttled requests count once their deferral limit has passed
 */
record EndpointHealth(@Nullable Instant failingSince, int failures) {

    static final EndpointHealth GOOD = new EndpointHealth(null, 0);

    private static final int FEWEST_FAILURES = 10;

    /** The health after one more request. What the receiver throttled or ended says nothing about it. */
    EndpointHealth after(Outcome outcome, Instant now) {
        return switch (outcome) {
            case DELIVERED -> GOOD;
            case FAILED -> new EndpointHealth(failingSince == null ? now : failingSince, failures + 1);
            case THROTTLED, ENDED -> this;
        };
    }

    /** Whether the endpoint is to be DISABLED(FAILING): nothing but failures for so long, and at least 10 of them. */
    boolean isLost(Duration failingAfter, Instant now) {
        return failingSince != null && failures >= FEWEST_FAILURES && !now.isBefore(failingSince.plus(failingAfter));
    }
}
