package dev.matrix.webhooks;

import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.RetryAfter;
import dev.matrix.core.spi.TransportException;
import dev.matrix.webhooks.spi.DeliveryRow;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Judges one request by how it ended. Reads no clock and changes nothing. */
final class OutcomeRules {

    private static final Duration LEAST_AFTER_OVERLOAD = Duration.ofSeconds(60);
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofDays(365);
    private static final Duration LONGEST_BLOCK = Duration.ofHours(1);
    private static final int MOST_MISDIRECTED = 3;

    private final DeliveryRow row;
    private final Delivery before;
    private final RetryPolicy policy;
    private final Instant now;
    private final RandomGenerator random;

    /**
     * @param row the delivery as it was when the request began
     * @param now when the request ended
     */
    OutcomeRules(DeliveryRow row, RetryPolicy policy, Instant now, RandomGenerator random) {
        this.row = row;
        this.before = row.delivery();
        this.policy = before.trigger() == Trigger.TEST ? RetryPolicy.once() : policy;
        this.now = now;
        this.random = random;
    }

    /** Judges by the reply: its status decides, even where its body was cut. */
    Verdict judge(HttpReply reply) {
        int status = reply.status();
        DisabledReason disable = disables(reply);
        if (status / 100 == 2) {
            AttemptError error = reply.end() == HttpReply.End.FAILED ? AttemptError.BODY_READ : null;
            return ended(Outcome.DELIVERED, DeliveryState.DELIVERED, null, new Sign(status, error), disable);
        }
        Sign sign = new Sign(status, status / 100 == 3 ? AttemptError.REDIRECT : AttemptError.STATUS);
        if (disable != null) {
            return ended(Outcome.ENDED, DeliveryState.CANCELLED, EndReason.ENDPOINT, sign, disable);
        }
        if (asksTo("abort-message", reply)) {
            return ended(Outcome.ENDED, DeliveryState.CANCELLED, EndReason.RECEIVER_REQUEST, sign, null);
        }
        if (status == 429 || status == 503) {
            Duration wait = RetryAfter.parse(reply.header("retry-after"), now, SHORTEST_WAIT, LONGEST_WAIT);
            if (status == 429 || wait != null) {
                return throttled(sign, wait);
            }
        }
        return again(Outcome.FAILED, sign, pause(sign), null);
    }

    /** Judges a request that got no reply. */
    Verdict judge(TransportException failure) {
        Sign sign = new Sign(
                null,
                switch (failure.kind()) {
                    case DNS -> AttemptError.DNS;
                    case CONNECT -> AttemptError.CONNECT;
                    case TLS -> AttemptError.TLS;
                    case TLS_HOSTNAME -> AttemptError.TLS_HOSTNAME;
                    case ADDRESS_BLOCKED -> AttemptError.ADDRESS_BLOCKED;
                    case TIMEOUT -> AttemptError.TIMEOUT;
                    case RESET -> AttemptError.RESET;
                    case OTHER -> AttemptError.OTHER;
                });
        return again(Outcome.FAILED, sign, pause(sign), null);
    }

    /** What was seen of the request's end. */
    private record Sign(@Nullable Integer status, @Nullable AttemptError error) {

        boolean isOverload() {
            return error == AttemptError.TIMEOUT || (status != null && status == 429);
        }

        /** No retry mends these: somebody must change the address or the certificate. */
        boolean isMisdirected() {
            return error == AttemptError.ADDRESS_BLOCKED || error == AttemptError.TLS_HOSTNAME;
        }
    }

    private static @Nullable DisabledReason disables(HttpReply reply) {
        if (reply.status() == 410) {
            return DisabledReason.GONE;
        }
        return asksTo("disable", reply) ? DisabledReason.RECEIVER_REQUEST : null;
    }

    private static boolean asksTo(String wish, HttpReply reply) {
        String header = reply.header("webhook-delivery");
        return header != null && header.strip().equalsIgnoreCase(wish);
    }

    private Verdict throttled(Sign sign, @Nullable Duration wait) {
        Instant first = row.firstRequestAt() == null ? now : row.firstRequestAt();
        boolean deferred = Duration.between(first, now).compareTo(policy.deferralLimit()) < 0;
        Outcome outcome = deferred ? Outcome.THROTTLED : Outcome.FAILED;
        if (wait == null) {
            return again(outcome, sign, pause(sign), null);
        }
        Duration block = wait.compareTo(LONGEST_BLOCK) > 0 ? LONGEST_BLOCK : wait;
        Duration pause = policy.pauseAsked(wait, before.attempts(), random);
        return again(outcome, sign, pause, now.plus(block));
    }

    private Duration pause(Sign sign) {
        Duration least = sign.isOverload() ? LEAST_AFTER_OVERLOAD : Duration.ZERO;
        return policy.pause(least, before.attempts(), random);
    }

    private Verdict again(Outcome outcome, Sign sign, Duration pause, @Nullable Instant blockedUntil) {
        boolean deferred = outcome == Outcome.THROTTLED;
        int attempts = before.attempts() + (deferred ? 0 : 1);
        int deferrals = before.deferrals() + (deferred ? 1 : 0);
        int most = sign.isMisdirected() ? Math.min(MOST_MISDIRECTED, policy.attempts()) : policy.attempts();
        Delivery after = !deferred && attempts >= most
                ? become(DeliveryState.EXHAUSTED, attempts, deferrals, null, null, sign)
                : become(DeliveryState.RETRYING, attempts, deferrals, now.plus(pause), null, sign);
        return new Verdict(outcome, after, blockedUntil, null);
    }

    private Verdict ended(
            Outcome outcome,
            DeliveryState state,
            @Nullable EndReason why,
            Sign sign,
            @Nullable DisabledReason disable) {
        Delivery after = become(state, before.attempts() + 1, before.deferrals(), null, why, sign);
        return new Verdict(outcome, after, null, disable);
    }

    private Delivery become(
            DeliveryState state,
            int attempts,
            int deferrals,
            @Nullable Instant dueAt,
            @Nullable EndReason why,
            Sign sign) {
        if (!before.state().canBecome(state)) {
            throw new IllegalStateException("Delivery " + before.id() + " is " + before.state()
                    + ", so no request for it can be under way; send open deliveries only.");
        }
        return new Delivery(
                before.id(),
                before.endpointId(),
                before.eventId(),
                before.type(),
                before.subject(),
                state,
                before.trigger(),
                before.version(),
                attempts,
                deferrals,
                before.createdAt(),
                dueAt,
                state.isOpen() ? null : now,
                why,
                sign.status(),
                sign.error());
    }
}
