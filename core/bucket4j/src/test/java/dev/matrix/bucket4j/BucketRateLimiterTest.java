package dev.matrix.bucket4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.api.RatePolicy;
import dev.matrix.core.api.RateVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Token buckets, evenly refilled. */
class BucketRateLimiterTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final RatePolicy HUNDRED_A_MINUTE =
            new RatePolicy("default", 100, Duration.ofMinutes(1), RatePolicy.Per.PRINCIPAL);

    private final BucketRateLimiter limiter = BucketRateLimiter.create();

    private RateVerdict acquire(String key, Duration since) {
        return limiter.acquire(HUNDRED_A_MINUTE, key, 1, START.plus(since));
    }

    private void empty(String key) {
        for (int i = 0; i < 100; i++) {
            assertThat(acquire(key, Duration.ZERO).admitted()).isTrue();
        }
    }

    @Test
    @Tag("C11")
    @Tag("H12")
    void the101stIsRefusedAndAdmittedWhenOneUnitHasComeBack() {
        empty("ada");

        RateVerdict refused = acquire("ada", Duration.ZERO);

        assertThat(refused).isEqualTo(new RateVerdict(false, 0, Duration.ofMillis(600)));
        assertThat(acquire("ada", Duration.ofMillis(599)).admitted()).isFalse();
        assertThat(acquire("ada", Duration.ofMillis(600)).admitted()).isTrue();
        assertThat(acquire("ada", Duration.ofMillis(600)).admitted()).isFalse();
    }

    @Test
    @Tag("H12")
    void anAdmittedCallHearsWhatIsLeftAndWhenItsBucketIsFullAgain() {
        assertThat(acquire("ada", Duration.ZERO)).isEqualTo(new RateVerdict(true, 99, Duration.ofMillis(600)));
        assertThat(acquire("ada", Duration.ZERO)).isEqualTo(new RateVerdict(true, 98, Duration.ofMillis(1_200)));
        assertThat(acquire("ada", Duration.ofHours(1)).remaining()).isEqualTo(99);
    }

    @Test
    @Tag("H12")
    void whoTookTheLastUnitHearsWhenTheNextOneComes() {
        for (int i = 0; i < 99; i++) {
            acquire("ada", Duration.ZERO);
        }
        assertThat(acquire("ada", Duration.ZERO)).isEqualTo(new RateVerdict(true, 0, Duration.ofMillis(600)));
    }

    @Test
    @Tag("H12")
    void eachKeyAndEachPolicyHasItsOwnBucket() {
        empty("ada");

        assertThat(acquire("bob", Duration.ZERO).admitted()).isTrue();
        RatePolicy heavy = new RatePolicy("heavy", 1, Duration.ofMinutes(1), RatePolicy.Per.PRINCIPAL);
        assertThat(limiter.acquire(heavy, "ada", 1, START).admitted()).isTrue();
        assertThat(limiter.acquire(heavy, "ada", 1, START).admitted()).isFalse();
    }

    @Test
    @Tag("C11")
    void aClockThatIsSetBackRefillsNothingAndGoesOnFromThere() {
        empty("ada");

        assertThat(acquire("ada", Duration.ofHours(-1)).admitted()).isFalse();
        assertThat(acquire("ada", Duration.ofHours(-1).plusMillis(599)).admitted())
                .isFalse();
        assertThat(acquire("ada", Duration.ofHours(-1).plusMillis(600)).admitted())
                .isTrue();
    }

    @Test
    @Tag("C11")
    void threadsInTheWrongOrderRefillNothing() {
        acquire("other", Duration.ofMillis(500));
        empty("ada");

        for (int i = 0; i < 1_000; i++) {
            assertThat(acquire("ada", Duration.ofMillis(i % 2 == 0 ? 0 : 500)).admitted())
                    .isFalse();
        }
    }

    @Test
    @Tag("C11")
    void aMillionKeysHoldAHundredThousandBucketsAtMost() {
        for (int i = 0; i < 1_000_000; i++) {
            acquire("key " + i, Duration.ZERO);
        }

        assertThat(limiter.size()).isBetween(1L, 100_000L);
    }

    @Test
    @Tag("H12")
    void aLookTakesNothingAndSaysWhetherThereIsAUnit() {
        for (int i = 0; i < 99; i++) {
            assertThat(acquire("ada", Duration.ZERO).admitted()).isTrue();
        }
        for (int i = 0; i < 5; i++) {
            assertThat(limiter.acquire(HUNDRED_A_MINUTE, "ada", 0, START).admitted())
                    .isTrue();
        }
        assertThat(acquire("ada", Duration.ZERO).admitted()).isTrue();
        assertThat(limiter.acquire(HUNDRED_A_MINUTE, "ada", 0, START))
                .isEqualTo(new RateVerdict(false, 0, Duration.ofMillis(600)));
    }

    @Test
    @Tag("H12")
    void severalUnitsAreTakenTogetherOrNotAtAll() {
        assertThat(limiter.acquire(HUNDRED_A_MINUTE, "ada", 90, START).remaining())
                .isEqualTo(10);
        assertThat(limiter.acquire(HUNDRED_A_MINUTE, "ada", 15, START))
                .isEqualTo(new RateVerdict(false, 10, Duration.ofSeconds(3)));
        assertThat(limiter.acquire(HUNDRED_A_MINUTE, "ada", 10, START).admitted())
                .isTrue();
    }

    @Test
    @Tag("H12")
    void manyThreadsGetNoMoreThanTheQuota() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Long> caller = () -> IntStream.range(0, 50)
                    .filter(n -> acquire("ada", Duration.ZERO).admitted())
                    .count();
            long admitted = 0;
            for (Future<Long> count : threads.invokeAll(List.of(caller, caller, caller, caller, caller, caller))) {
                admitted += count.get();
            }
            assertThat(admitted).isEqualTo(100);
        } finally {
            threads.shutdown();
        }
    }
}
