package dev.matrix.core.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.api.ApiBench.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rates: what is counted against which bucket, and what callers read of it. */
class RatesTest {

    /** A bucket of each policy and key that never refills. */
    private static final class Buckets implements RateLimiter {

        private final Map<String, Integer> taken = new java.util.HashMap<>();

        @Override
        public RateVerdict acquire(RatePolicy policy, String key, Instant now) {
            int used = taken.merge(policy.name() + "/" + key, 1, Integer::sum);
            boolean admitted = used <= policy.quota();
            return new RateVerdict(
                    admitted,
                    Math.max(0, policy.quota() - used),
                    used < policy.quota() ? Duration.ofMillis(600L * used) : Duration.ofMillis(1));
        }
    }

    private final Buckets buckets = new Buckets();
    private final ApiBench bench = ApiBench.with(b ->
            b.limiter(buckets).rate(new RatePolicy("default", 2, Duration.ofSeconds(60), RatePolicy.Per.PRINCIPAL)));

    @Test
    @Tag("H12")
    @Tag("C11")
    void usedUpRatesRefuse() {
        Answer first = bench.get("/v1/notes").as("alice").send();
        Answer second = bench.get("/v1/notes").as("alice").send();
        Answer third = bench.get("/v1/notes").as("alice").send();

        assertThat(first.header("RateLimit-Policy")).isEqualTo("\"default\";q=2;w=60");
        assertThat(first.header("RateLimit")).isEqualTo("\"default\";r=1;t=1");
        assertThat(second.header("RateLimit")).isEqualTo("\"default\";r=0;t=1");
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.code()).isEqualTo("rate_limited");
        assertThat(third.header("RateLimit")).isEqualTo("\"default\";r=0;t=1");
        assertThat(third.header("Retry-After")).isEqualTo("1");
        assertThat(third.header("Matrix-Should-Retry")).isEqualTo("true");
        assertThat(bench.get("/v1/notes").as("bob").send().status()).isEqualTo(200);
    }

    @Test
    @Tag("H12")
    void eachOperationHasItsBucket() {
        bench.get("/v1/notes/n.svg").as("alice").send();
        bench.post("/v1/notifications", null).send();
        bench.get("/v1/changelog").send();
        bench.get("/v1/notes").as("wrong").send();
        bench.get("/v1/notes").as("root").send();

        assertThat(buckets.taken)
                .isEqualTo(Map.of(
                        "heavy/key_a",
                        1,
                        "notifications/192.0.2.1",
                        1,
                        "anonymous/192.0.2.1",
                        1,
                        "authentication/192.0.2.1",
                        1));
    }

    @Test
    @Tag("H12")
    void failedAuthenticationsAreBounded() {
        for (int i = 0; i < 30; i++) {
            assertThat(bench.get("/v1/notes").as("wrong").send().status()).isEqualTo(401);
        }

        assertThat(bench.get("/v1/notes").as("wrong").send().status()).isEqualTo(429);
        assertThat(bench.get("/v1/notes").as("alice").send().status()).isEqualTo(200);
    }

    @Test
    void operatorsCanBeLimitedToo() {
        ApiBench limited = ApiBench.with(b -> b.limiter(buckets).limitOperators(true));

        limited.get("/v1/notes").as("root").send();

        assertThat(buckets.taken).containsEntry("default/key_o", 1);
    }

    @Test
    void unlimitedRatesSayNothing() {
        assertThat(ApiBench.create().get("/v1/notes").as("alice").send().header("RateLimit"))
                .isEmpty();
        assertThat(RateLimiter.unlimited()
                        .acquire(
                                new RatePolicy("a", 5, Duration.ofSeconds(1), RatePolicy.Per.ADDRESS),
                                "k",
                                Instant.EPOCH)
                        .remaining())
                .isEqualTo(5);
        assertThatThrownBy(() -> new RatePolicy("a", 0, Duration.ofSeconds(1), RatePolicy.Per.ADDRESS))
                .hasMessageContaining("quota from 1");
    }
}
