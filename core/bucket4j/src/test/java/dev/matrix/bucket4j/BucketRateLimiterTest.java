package dev.matrix.bucket4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.api.RateLimiter;
import dev.matrix.core.api.RateVerdict;
import dev.matrix.testkit.RateLimiterContract;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What these buckets do beyond the contract: they tell waits exactly, follow a clock that is set back, and are bounded in number. */
class BucketRateLimiterTest implements RateLimiterContract {

    private final BucketRateLimiter limiter = BucketRateLimiter.create();

    @Override
    public RateLimiter limiter() {
        return limiter;
    }

    private RateVerdict acquire(String key, Duration since) {
        return limiter.acquire(HUNDRED_PER_MINUTE, key, 1, START.plus(since));
    }

    @Test
    @Tag("H12")
    void itTellsWaitsToTheNanosecond() {
        assertThat(acquire("ada", Duration.ZERO)).isEqualTo(new RateVerdict(true, 99, Duration.ofMillis(600)));
        assertThat(limiter.acquire(HUNDRED_PER_MINUTE, "ada", 100, START))
                .isEqualTo(new RateVerdict(false, 99, Duration.ofMillis(600)));
    }

    @Test
    @Tag("C11")
    void afterAClockWasSetBackItGoesOnFromThere() {
        for (int i = 0; i < 100; i++) {
            acquire("ada", Duration.ZERO);
        }

        assertThat(acquire("ada", Duration.ofHours(-1)).admitted()).isFalse();
        assertThat(acquire("ada", Duration.ofHours(-1).plusMillis(599)).admitted())
                .isFalse();
        assertThat(acquire("ada", Duration.ofHours(-1).plusMillis(600)).admitted())
                .isTrue();
    }

    @Test
    @Tag("C11")
    void aMillionKeysHoldAHundredThousandBucketsAtMost() {
        for (int i = 0; i < 1_000_000; i++) {
            acquire("key " + i, Duration.ZERO);
        }

        assertThat(limiter.size()).isBetween(1L, 100_000L);
    }
}
