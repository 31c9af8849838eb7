package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.api.RateLimiter;
import dev.matrix.core.api.RatePolicy;
import dev.matrix.core.api.RateVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a {@link RateLimiter} promises. A limiter shared by several nodes keeps it too, where its calls take effect one after the
 * other.
 */
public interface RateLimiterContract {

    /** A unit comes back each 600 ms. */
    RatePolicy HUNDRED_PER_MINUTE = new RatePolicy("default", 100, Duration.ofMinutes(1), RatePolicy.Per.PRINCIPAL);

    /** Where the tests' time begins. */
    Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** How far a limiter's answer may be off, upwards: it may count in whole milliseconds. */
    Duration GRAIN = Duration.ofMillis(1);

    /** A new limiter, all buckets full; asked once per test. */
    RateLimiter limiter();

    private static RateVerdict acquire(RateLimiter limiter, int units, long millis) {
        return limiter.acquire(HUNDRED_PER_MINUTE, "ada", units, START.plusMillis(millis));
    }

    private RateLimiter emptied() {
        RateLimiter limiter = limiter();
        for (int i = 0; i < HUNDRED_PER_MINUTE.quota(); i++) {
            assertThat(acquire(limiter, 1, 0).admitted()).as("call %s", i + 1).isTrue();
        }
        return limiter;
    }

    private static void assertWait(RateVerdict verdict, long millis) {
        assertThat(verdict.untilNext())
                .isBetween(Duration.ofMillis(millis), Duration.ofMillis(millis).plus(GRAIN));
    }

    @Test
    @Tag("C11")
    @Tag("H12")
    default void whoeverHasUsedTheQuotaUpIsRefusedUntilAUnitHasComeBack() {
        RateLimiter limiter = emptied();

        RateVerdict refused = acquire(limiter, 1, 0);

        assertThat(refused.admitted()).isFalse();
        assertThat(refused.remaining()).isZero();
        assertWait(refused, 600);
        assertThat(acquire(limiter, 1, 599).admitted()).isFalse();
        assertThat(acquire(limiter, 1, 601).admitted()).isTrue();
        assertThat(acquire(limiter, 1, 601).admitted()).isFalse();
    }

    @Test
    @Tag("H12")
    default void anAdmittedCallHearsWhatIsLeftAndWhenTheBucketIsFull() {
        RateLimiter limiter = limiter();

        RateVerdict first = acquire(limiter, 1, 0);
        RateVerdict second = acquire(limiter, 1, 0);

        assertThat(first.admitted() && second.admitted()).isTrue();
        assertThat(first.remaining()).isEqualTo(99);
        assertWait(first, 600);
        assertThat(second.remaining()).isEqualTo(98);
        assertWait(second, 1_200);
    }

    @Test
    @Tag("H12")
    default void whoTakesTheLastUnitHearsWhenTheNextOneComes() {
        RateLimiter limiter = limiter();
        acquire(limiter, 99, 0);

        RateVerdict last = acquire(limiter, 1, 0);

        assertThat(last.admitted()).isTrue();
        assertThat(last.remaining()).isZero();
        assertWait(last, 600);
    }

    @Test
    @Tag("H12")
    default void aBucketNeverHoldsMoreThanItsQuota() {
        RateLimiter limiter = limiter();
        acquire(limiter, 1, 0);

        assertThat(acquire(limiter, 1, Duration.ofDays(400).toMillis()).remaining())
                .isEqualTo(99);
        assertThat(limiter.acquire(HUNDRED_PER_MINUTE, "bob", 101, START).admitted())
                .as("more than a full bucket holds")
                .isFalse();
    }

    @Test
    @Tag("H12")
    default void unitsComeBackEvenlyAndNotInOneBatch() {
        RateLimiter limiter = emptied();
        int admitted = 0;
        for (long millis = 100; millis <= 60_000; millis += 100) {
            admitted += acquire(limiter, 1, millis).admitted() ? 1 : 0;
            assertThat(admitted).as("after %s ms", millis).isBetween((int) (millis / 600) - 1, (int) (millis / 600));
        }
        assertThat(admitted).isBetween(99, 100);
    }

    @Test
    @Tag("H12")
    default void eachKeyAndEachPolicyHasItsOwnBucket() {
        RateLimiter limiter = emptied();
        RatePolicy heavy = new RatePolicy("heavy", 1, Duration.ofMinutes(1), RatePolicy.Per.PRINCIPAL);

        assertThat(limiter.acquire(HUNDRED_PER_MINUTE, "bob", 1, START).admitted())
                .isTrue();
        assertThat(limiter.acquire(heavy, "ada", 1, START).admitted()).isTrue();
        assertThat(limiter.acquire(heavy, "ada", 1, START).admitted()).isFalse();
    }

    @Test
    @Tag("H12")
    default void severalUnitsAreTakenTogetherOrNotAtAll() {
        RateLimiter limiter = limiter();
        assertThat(acquire(limiter, 90, 0).remaining()).isEqualTo(10);

        RateVerdict refused = acquire(limiter, 15, 0);

        assertThat(refused.admitted()).isFalse();
        assertThat(refused.remaining()).isEqualTo(10);
        assertWait(refused, 3_000);
        assertThat(acquire(limiter, 10, 0).admitted()).isTrue();
    }

    @Test
    @Tag("H12")
    default void askingForNoUnitTakesNoneAndTellsWhetherThereIsOne() {
        RateLimiter limiter = limiter();
        acquire(limiter, 99, 0);
        for (int i = 0; i < 5; i++) {
            RateVerdict look = acquire(limiter, 0, 0);
            assertThat(look.admitted()).isTrue();
            assertThat(look.remaining()).isEqualTo(1);
        }
        assertThat(acquire(limiter, 1, 0).admitted()).isTrue();

        RateVerdict look = acquire(limiter, 0, 0);

        assertThat(look.admitted()).isFalse();
        assertWait(look, 600);
    }

    @Test
    @Tag("C11")
    default void aClockThatIsSetBackRefillsNothing() {
        RateLimiter limiter = emptied();
        long hour = Duration.ofHours(1).toMillis();

        assertThat(acquire(limiter, 1, -hour).admitted()).isFalse();
        assertThat(acquire(limiter, 1, -2 * hour).admitted()).isFalse();
    }

    @Test
    @Tag("C11")
    default void readingsOfThreadsThatComeInTheWrongOrderRefillNothing() {
        RateLimiter limiter = limiter();
        limiter.acquire(HUNDRED_PER_MINUTE, "other", 1, START.plusMillis(500));
        for (int i = 0; i < 100; i++) {
            acquire(limiter, 1, 0);
        }

        for (int i = 0; i < 1_000; i++) {
            assertThat(acquire(limiter, 1, i % 2 == 0 ? 0 : 500).admitted()).isFalse();
        }
    }

    @Test
    @Tag("H12")
    default void manyThreadsTogetherGetNoMoreThanTheQuota() {
        RateLimiter limiter = limiter();
        CountDownLatch go = new CountDownLatch(1);
        List<OtherThread<Long>> callers = IntStream.range(0, 6)
                .mapToObj(n -> OtherThread.running(() -> {
                    OtherThread.await(go);
                    return IntStream.range(0, 50)
                            .filter(i -> acquire(limiter, 1, 0).admitted())
                            .count();
                }))
                .toList();
        go.countDown();

        assertThat(callers.stream().mapToLong(OtherThread::join).sum()).isEqualTo(100);
    }
}
