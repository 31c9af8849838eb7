package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.api.ApiHeaders.Line;
import dev.matrix.core.api.RatePolicy.Per;
import dev.matrix.core.spi.ClientNetwork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes units of the rates and says what is left. */
final class Rates {

    static final String DEFAULT = "default";
    static final String ANONYMOUS = "anonymous";

    private static final String FAILED = "authentication";
    private static final String OTHER = "other";

    /** Each further piece of this size that a body has costs one more unit. */
    private static final int PIECE = 16 << 10;

    private static final Duration MINUTE = Duration.ofSeconds(60);

    private final RateLimiter limiter;
    private final boolean limited;
    private final boolean limitOperators;
    private final Map<String, RatePolicy> policies;
    private final KnownCredentials known = new KnownCredentials();

    Rates(RateLimiter limiter, boolean limitOperators, Map<String, RatePolicy> policies) {
        this.limiter = limiter;
        this.limited = limiter != RateLimiter.unlimited();
        this.limitOperators = limitOperators;
        this.policies = policies;
    }

    /** The rates that are there unless a host replaces them. */
    static Map<String, RatePolicy> standard() {
        Map<String, RatePolicy> all = new LinkedHashMap<>();
        for (RatePolicy each : List.of(
                new RatePolicy(DEFAULT, 600, MINUTE, Per.PRINCIPAL),
                new RatePolicy("heavy", 60, MINUTE, Per.PRINCIPAL),
                new RatePolicy(ANONYMOUS, 120, MINUTE, Per.ADDRESS),
                new RatePolicy("notifications", 6_000, MINUTE, Per.ADDRESS),
                new RatePolicy(OTHER, 600, MINUTE, Per.ADDRESS),
                new RatePolicy(FAILED, 30, MINUTE, Per.ADDRESS))) {
            all.put(each.name(), each);
        }
        return all;
    }

    boolean limited() {
        return limited;
    }

    /**
     * Refuses to look at credentials while the caller's address has used its failures up, whatever they are: else a refusal
     * would tell a wrong key from the right one. Those that were right from this address lately aren't a guess.
     */
    void mayTry(@Nullable String credential, String address, Instant now, List<Line> lines) {
        if (limited && (credential == null || !known.holds(credential, ClientNetwork.of(address)))) {
            acquire(standard(FAILED), ClientNetwork.of(address), 0, now, lines);
        }
    }

    /** Credentials were right. */
    void succeeded(@Nullable String credential, String address) {
        if (limited && credential != null) {
            known.add(credential, ClientNetwork.of(address));
        }
    }

    /** Counts a failed authentication. */
    void failed(String address, Instant now, List<Line> lines) {
        acquire(standard(FAILED), ClientNetwork.of(address), 1, now, lines);
    }

    /** Counts a request that reaches no operation: a path or method that isn't there, a preflight, a static file. */
    void other(String address, Instant now, List<Line> lines) {
        acquire(standard(OTHER), ClientNetwork.of(address), 1, now, lines);
    }

    /** Counts a body by its length, so that whoever stores much may call seldom; one up to 16 KiB costs nothing. */
    void weigh(int bytes, ApiPrincipal principal, Instant now) {
        RatePolicy policy = standard(DEFAULT);
        int units = Math.min((bytes - 1) / PIECE, policy.quota());
        if (units > 0 && (!principal.operator() || limitOperators)) {
            acquire(policy, principal.id(), units, now, new ArrayList<>());
        }
    }

    private RatePolicy standard(String name) {
        return requireNonNull(policies.get(name), "a standard rate");
    }

    /** Counts a call. */
    void called(RatePolicy policy, @Nullable ApiPrincipal principal, String address, Instant now, List<Line> lines) {
        if (principal != null && principal.operator() && !limitOperators) {
            return;
        }
        String key = principal == null || policy.per() == Per.ADDRESS ? ClientNetwork.of(address) : principal.id();
        acquire(policy, key, 1, now, lines);
    }

    private void acquire(RatePolicy policy, String key, int units, Instant now, List<Line> lines) {
        if (!limited) {
            return;
        }
        RateVerdict verdict = limiter.acquire(policy, key, units, now);
        long seconds = verdict.untilNext().plusNanos(999_999_999).toSeconds();
        if (units == 0 && verdict.admitted()) {
            return;
        }
        long wait = verdict.admitted() ? seconds : Math.max(1, seconds);
        lines.add(new Line(
                "RateLimit-Policy",
                '"' + policy.name() + "\";q=" + policy.quota() + ";w="
                        + policy.window().toSeconds()));
        lines.add(new Line("RateLimit", '"' + policy.name() + "\";r=" + verdict.remaining() + ";t=" + wait));
        if (!verdict.admitted()) {
            throw ApiProblem.of(429, "rate_limited", "The rate " + policy.name() + " is used up; try again later.")
                    .retryAfter(Duration.ofSeconds(wait));
        }
    }
}
