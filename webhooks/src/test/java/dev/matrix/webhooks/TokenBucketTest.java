package dev.matrix.webhooks;

import static dev.matrix.webhooks.RequestRows.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("W19")
class TokenBucketTest {

    private static TokenBucket bucket(int perSecond, int burst) {
        return TokenBucket.empty(new RateLimit(perSecond, burst), START);
    }

    private static int takeAll(TokenBucket bucket, Instant now) {
        int taken = 0;
        while (bucket.tryTake(now)) {
            taken++;
        }
        return taken;
    }

    @Test
    void itBeginsEmpty() {
        TokenBucket bucket = bucket(10, 10);

        assertThat(bucket.tryTake(START)).isFalse();
        assertThat(bucket.nextAt(START)).isEqualTo(START.plusMillis(100));
    }

    @Test
    void itFillsUpToItsBurstAndNoFurther() {
        TokenBucket bucket = bucket(10, 5);

        assertThat(takeAll(bucket, START.plus(Duration.ofDays(400_000)))).isEqualTo(5);
    }

    @Test
    void aTokenThatIsThereIsThereNow() {
        TokenBucket bucket = bucket(10, 5);
        Instant later = START.plusSeconds(1);

        assertThat(bucket.nextAt(later)).isEqualTo(later);
        assertThat(takeAll(bucket, later)).isEqualTo(5);
        assertThat(bucket.nextAt(later)).isEqualTo(later.plusMillis(100));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 999, 9_973, 10_000})
    void theNextTokenIsThereAtTheInstantNamedAndNotANanosecondSooner(int perSecond) {
        TokenBucket bucket = bucket(perSecond, 1);
        Instant now = START;
        for (int i = 0; i < 1_000; i++) {
            Instant next = bucket.nextAt(now);
            assertThat(bucket.tryTake(next.minusNanos(1))).isFalse();
            assertThat(bucket.tryTake(next)).isTrue();
            now = next;
        }
    }

    @Test
    void aRateThatDividesNoSecondDoesNotDrift() {
        TokenBucket bucket = bucket(3, 10);
        int taken = 0;
        for (long millis = 1; millis <= 1_000_000; millis++) {
            taken += takeAll(bucket, START.plusMillis(millis));
        }
        assertThat(taken).isEqualTo(3_000);
    }

    @Test
    void aClockThatStepsBackGivesNothingTwice() {
        TokenBucket bucket = bucket(10, 10);

        assertThat(takeAll(bucket, START.plusSeconds(1))).isEqualTo(10);
        assertThat(takeAll(bucket, START)).isZero();
        assertThat(takeAll(bucket, START.plusSeconds(1))).isZero();
        assertThat(bucket.nextAt(START)).isEqualTo(START.plusMillis(1_100));
    }

    /** Requests as early as the bucket allows, or later by chance; leases end by chance, the next bucket being empty. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @Tag("C25")
    void anyWindowHoldsAtMostRateTimesTimePlusBurstHoweverTheLeaseMoves(long seed) {
        Random random = new Random(seed);
        int rate = 1 + random.nextInt(50);
        int burst = 1 + random.nextInt(20);
        RateLimit limit = new RateLimit(rate, burst);
        TokenBucket bucket = TokenBucket.empty(limit, START);
        List<Instant> sent = new ArrayList<>();
        Instant now = START;
        while (sent.size() < 1_200) {
            if (random.nextInt(40) == 0) {
                bucket = TokenBucket.empty(limit, now);
            }
            while (random.nextInt(20) != 0 && bucket.tryTake(now)) {
                sent.add(now);
            }
            long idle = random.nextInt(10) == 0 ? random.nextLong(3_000_000_000L) : 0;
            now = bucket.nextAt(now).plusNanos(idle);
        }

        for (int first = 0; first < sent.size(); first++) {
            for (int last = first; last < sent.size(); last++) {
                double seconds =
                        Duration.between(sent.get(first), sent.get(last)).toNanos() / 1e9;
                if (last - first + 1 > rate * seconds + burst + 1e-6) {
                    throw new AssertionError("requests " + first + " to " + last + " within " + seconds + " s");
                }
            }
        }
    }
}
