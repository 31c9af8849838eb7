package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.api.ApiHeaders.Line;
import dev.matrix.core.api.RatePolicy.Per;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes units of the rates and says what is left (H12). */
final class Rates {

    static final String DEFAULT = "default";
    static final String ANONYMOUS = "anonymous";

    private static final String FAILED = "authentication";
    private static final Duration MINUTE = Duration.ofSeconds(60);

    private final RateLimiter limiter;
    private final boolean limited;
    private final boolean limitOperators;
    private final Map<String, RatePolicy> policies;

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
                new RatePolicy(FAILED, 30, MINUTE, Per.ADDRESS))) {
            all.put(each.name(), each);
        }
        return all;
    }

    boolean limited() {
        return limited;
    }

    /** Counts a failed authentication. */
    void failed(String address, Instant now, List<Line> lines) {
        acquire(requireNonNull(policies.get(FAILED), "a standard rate"), address, now, lines);
    }

    /** Counts a call. */
    void called(RatePolicy policy, @Nullable ApiPrincipal principal, String address, Instant now, List<Line> lines) {
        if (principal != null && principal.operator() && !limitOperators) {
            return;
        }
        String key = principal == null || policy.per() == Per.ADDRESS ? address : principal.id();
        acquire(policy, key, now, lines);
    }

    private void acquire(RatePolicy policy, String key, Instant now, List<Line> lines) {
        if (!limited) {
            return;
        }
        RateVerdict verdict = limiter.acquire(policy, key, now);
        long seconds = verdict.untilNext().plusNanos(999_999_999).toSeconds();
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
