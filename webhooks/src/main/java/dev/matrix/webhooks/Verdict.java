package dev.matrix.webhooks;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request led to; {@link OutcomeRules} finds it.
 *
 * @param outcome the outcome of the attempt; its status and error are the delivery's last ones
 * @param after the delivery as it becomes
 * @param blockedUntil until when the endpoint gets no request at all; null: it may go on
 * @param disable why the endpoint becomes DISABLED; null: it doesn't
 */
record Verdict(
        Outcome outcome,
        Delivery after,
        @Nullable Instant blockedUntil,
        @Nullable DisabledReason disable) {

    private static final Set<AttemptError> CONGESTED =
            Set.of(AttemptError.TIMEOUT, AttemptError.CONNECT, AttemptError.RESET);
    private static final Set<AttemptError> UNREACHABLE =
            Set.of(AttemptError.DNS, AttemptError.CONNECT, AttemptError.TLS, AttemptError.RESET, AttemptError.TIMEOUT);

    boolean isSuccess() {
        return outcome == Outcome.DELIVERED;
    }

    /** Whether the receiver has more requests in progress than it bears: {@link InFlightWindow} shrinks. */
    boolean isCongestion() {
        int status = status();
        return is(CONGESTED) || status == 429 || (status >= 502 && status <= 504);
    }

    /** Whether the receiver is down, whatever was sent to it: {@link Breaker} counts it. */
    boolean isOutage() {
        return is(UNREACHABLE) || status() / 100 == 5;
    }

    private boolean is(Set<AttemptError> errors) {
        AttemptError error = after.lastError();
        return error != null && errors.contains(error);
    }

    private int status() {
        Integer status = after.lastStatus();
        return status == null ? 0 : status;
    }
}
