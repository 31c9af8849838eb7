package dev.matrix.webhooks;

import dev.matrix.core.Owner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** An endpoint as its receiver knows it: what of it never changes. */
record Subscription(
        String host,
        Owner owner,
        int maxInFlight,
        boolean perSubject,
        @Nullable RateLimit rate,
        Duration timeout,
        BodyStyle body,
        String secret) {

    private static final RetryPolicy RETRIES =
            RetryPolicy.exponential(Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 6);

    /** @param load how much is published: rates are such that a backlog comes to an end */
    static Subscription drawn(String host, Owner owner, RandomGenerator random, int load) {
        int scale = Math.max(1, load / 3);
        byte[] secret = Arrays.copyOf(("secret of " + host).getBytes(StandardCharsets.UTF_8), 32);
        return new Subscription(
                host,
                owner,
                1 + random.nextInt(5),
                random.nextInt(3) == 0,
                random.nextInt(3) == 0
                        ? new RateLimit(scale * (1 + random.nextInt(5)), scale * (3 + random.nextInt(4)))
                        : null,
                Duration.ofSeconds(5 + random.nextInt(11)),
                random.nextInt(4) == 0 ? BodyStyle.THIN : BodyStyle.FULL,
                "whsec_" + Base64.getEncoder().encodeToString(secret));
    }

    Endpoint endpoint(String events) {
        Endpoint endpoint = Endpoint.to(URI.create("https://" + host + "/hooks"))
                .ownedBy(owner)
                .events(events)
                .secret(secret)
                .maxInFlight(maxInFlight)
                .timeout(timeout)
                .body(body)
                .ordering(perSubject ? Ordering.PER_SUBJECT : Ordering.UNORDERED)
                .retry(RETRIES);
        return rate == null ? endpoint : endpoint.rateLimit(rate.perSecond(), rate.burst());
    }

    @Override
    public String toString() {
        return host + " (at most " + maxInFlight + (perSubject ? ", per subject" : "")
                + (rate == null ? "" : ", " + rate.perSecond() + "/s, burst " + rate.burst()) + ")";
    }
}
