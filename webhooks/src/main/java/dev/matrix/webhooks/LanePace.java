package dev.matrix.webhooks;

import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** How fast requests to an endpoint may go: the window in flight, the rate, the breaker, and pauses. Not thread-safe. */
final class LanePace {

    private final Breaker breaker;
    private InFlightWindow window = InFlightWindow.first(1);
    private @Nullable TokenBucket bucket;
    private @Nullable Instant blockedUntil;
    private int inFlight;

    LanePace(Breaker breaker) {
        this.breaker = breaker;
    }

    /** Begins with an endpoint's settings: a window of its own, and an empty bucket. */
    void begin(EndpointSettings settings, Instant now) {
        window = InFlightWindow.first(settings.maxInFlight());
        limit(settings.rateLimit(), now);
    }

    /** Goes on with changed settings; only a new rate begins with an empty bucket. */
    void change(EndpointSettings former, EndpointSettings settings, Instant now) {
        window = window.within(settings.maxInFlight());
        RateLimit limit = settings.rateLimit();
        if (limit == null || !limit.equals(former.rateLimit())) {
            limit(limit, now);
        }
        if (!settings.url().equals(former.url())) {
            unblock(now);
        }
    }

    private void limit(@Nullable RateLimit limit, Instant now) {
        bucket = limit == null ? null : TokenBucket.empty(limit, now);
    }

    int window() {
        return window.size();
    }

    boolean isInFlight() {
        return inFlight > 0;
    }

    /** Whether as much is in flight as the endpoint bears. */
    boolean isBusy() {
        return inFlight >= window.size();
    }

    boolean isBlocked(Instant now) {
        return (blockedUntil != null && blockedUntil.isAfter(now)) || !breaker.admits(now);
    }

    /** Lets nothing begin until then, nor before whatever else is waited for. */
    void block(@Nullable Instant until) {
        if (until != null && (blockedUntil == null || until.isAfter(blockedUntil))) {
            blockedUntil = until;
        }
    }

    /** Ends what is waited for, as a person may have mended the endpoint; a breaker that is open lets one probe pass. */
    void unblock(Instant now) {
        blockedUntil = null;
        breaker.probeNow(now);
    }

    /** Takes a token, if there is one or none is needed. */
    boolean takeToken(Instant now) {
        return bucket == null || bucket.tryTake(now);
    }

    /** When there is a token again; null: there is one, or none is needed. */
    @Nullable
    Instant tokenAt(Instant now) {
        Instant at = bucket == null ? now : bucket.nextAt(now);
        return at.isAfter(now) ? at : null;
    }

    Breaker.Pass enter(Instant now) {
        inFlight++;
        return breaker.enter(now);
    }

    Breaker.Change landed(Breaker.Pass pass, Verdict verdict, Instant now, RandomGenerator random) {
        inFlight--;
        window = window.after(verdict);
        block(verdict.blockedUntil());
        return breaker.note(pass, verdict, now, random);
    }

    /** Until when no lease is to begin; null: any may. */
    @Nullable
    Instant blockedUntil(Instant now) {
        Instant open = breaker.openUntil();
        Instant until = blockedUntil == null || (open != null && open.isAfter(blockedUntil)) ? open : blockedUntil;
        return until == null || !until.isAfter(now) ? null : until;
    }

    String breaker() {
        return breaker.encode();
    }
}
