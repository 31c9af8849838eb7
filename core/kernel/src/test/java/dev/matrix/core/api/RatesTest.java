package dev.matrix.core.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.api.ApiBench.Answer;
import dev.matrix.core.api.RatePolicy.Per;
import dev.matrix.core.net.ClientAddresses;
import dev.matrix.core.net.ForwardedHeader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rates: what is counted against which bucket, and what callers read of it. */
class RatesTest {

    /** A bucket of each policy and key that never refills. */
    private static final class Buckets implements RateLimiter {

        private final Map<String, Integer> taken = new java.util.HashMap<>();

        @Override
        public RateVerdict acquire(RatePolicy policy, String key, int units, Instant now) {
            String bucket = policy.name() + "/" + key;
            if (units == 0) {
                return new RateVerdict(taken.getOrDefault(bucket, 0) < policy.quota(), 0, Duration.ofMillis(1));
            }
            int used = taken.merge(bucket, units, Integer::sum);
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
        // The right key is refused as a wrong one is, or trying would go on to tell them apart.
        assertThat(bench.get("/v1/notes").as("alice").send().status()).isEqualTo(429);
        assertThat(bench.get("/v1/notes")
                        .as("alice")
                        .from("198.51.100.7")
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Tag("H12")
    void whoWasLetInFromThereLatelyIsNotLockedOutByAnothersGuesses() {
        assertThat(bench.get("/v1/notes").as("alice").send().status()).isEqualTo(200);
        for (int i = 0; i < 31; i++) {
            bench.get("/v1/notes").as("wrong").send();
        }

        assertThat(bench.get("/v1/notes").as("alice").send().status()).isEqualTo(200);
        assertThat(bench.get("/v1/notes").as("bob").send().status()).isEqualTo(429);
    }

    @Test
    @Tag("H12")
    void addressesOfOneSubscriberShareABucket() {
        for (int i = 0; i < 30; i++) {
            bench.get("/v1/notes")
                    .as("wrong")
                    .from("2001:db8:1:2::" + Integer.toHexString(i + 1))
                    .send();
        }

        assertThat(buckets.taken).isEqualTo(Map.of("authentication/2001:db8:1:2:0:0:0:0/64", 30));
        assertThat(bench.get("/v1/notes")
                        .as("wrong")
                        .from("2001:db8:1:2:ffff::1%eth0")
                        .send()
                        .status())
                .isEqualTo(429);
        assertThat(bench.get("/v1/notes")
                        .as("wrong")
                        .from("2001:db8:1:3::1")
                        .send()
                        .status())
                .isEqualTo(401);
    }

    @Test
    @Tag("H12")
    void whatReachesNoOperationIsCountedByItsAddress() {
        ApiBench few = ApiBench.with(
                b -> b.limiter(buckets).rate(new RatePolicy("other", 6, Duration.ofSeconds(60), Per.ADDRESS)));
        List<Integer> statuses = List.of(
                few.get("/v1/none").send().status(),
                few.ask("OPTIONS", "/v1/notes").send().status(),
                few.ask("BREW", "/v1/notes").send().status(),
                few.ask("DELETE", "/v1/notes").send().status(),
                few.get("/" + "a".repeat(9_000)).send().status(),
                few.get("/notes/help.txt").send().status());

        assertThat(statuses).containsExactly(404, 204, 501, 405, 414, 200);
        for (String path : List.of("/v1/none", "/notes/help.txt")) {
            assertThat(few.get(path).send().status()).isEqualTo(429);
        }
        assertThat(few.ask("OPTIONS", "/v1/notes").send().status()).isEqualTo(429);
        assertThat(few.get("/v1/notes").as("alice").send().status()).isEqualTo(200);
    }

    @Test
    @Tag("H12")
    void aLongBodyCostsMoreThanAShortOne() {
        ApiBench many = ApiBench.with(b -> b.limiter(buckets));
        many.post("/v1/notes", "{\"memo\":\"" + "x".repeat(100 << 10) + "\"}")
                .as("alice")
                .send();
        many.post("/v1/notes", "{\"memo\":\"short\"}").as("alice").send();

        assertThat(buckets.taken).isEqualTo(Map.of("default/key_a", 2 + 6));
    }

    @Test
    @Tag("H12")
    void callersBehindTrustedProxiesAreToldApartAndNobodyElseIsBelieved() {
        ApiBench proxied = ApiBench.with(b -> b.limiter(buckets).trustedProxies("192.0.2.0/24", "fd00::/8"));
        proxied.get("/v1/changelog")
                .header("X-Forwarded-For", "203.0.113.9, 198.51.100.7")
                .header("X-Forwarded-For", "192.0.2.44")
                .send();
        proxied.get("/v1/changelog")
                .header("X-Forwarded-For", "198.51.100.8")
                .from("198.51.100.9")
                .send();
        proxied.get("/v1/changelog").header("X-Forwarded-For", "unknown").send();
        proxied.get("/v1/changelog")
                .header("X-Forwarded-For", "[2001:db8::5]:443")
                .send();

        assertThat(buckets.taken.keySet())
                .containsExactlyInAnyOrder(
                        "anonymous/198.51.100.7",
                        "anonymous/198.51.100.9",
                        "anonymous/unresolvable",
                        "anonymous/2001:db8:0:0:0:0:0:0/64");
    }

    @Test
    @Tag("G7")
    void onlyTheHeaderThatTheProxiesWriteIsRead() {
        ApiBench standard = ApiBench.with(b ->
                b.limiter(buckets).clientAddress(ClientAddresses.behind(ForwardedHeader.FORWARDED, "192.0.2.0/24")));
        standard.get("/v1/changelog")
                .header("forwarded", "for=203.0.113.9")
                .header("X-Forwarded-For", "198.51.100.8")
                .send();

        assertThat(buckets.taken.keySet()).containsExactly("anonymous/203.0.113.9");
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
                                1,
                                Instant.EPOCH)
                        .remaining())
                .isEqualTo(5);
        assertThatThrownBy(() -> new RatePolicy("a", 0, Duration.ofSeconds(1), RatePolicy.Per.ADDRESS))
                .hasMessageContaining("quota from 1");
    }
}
