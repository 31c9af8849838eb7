package dev.matrix.core.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Backoff TO_A_MINUTE = Backoff.doubling(SECOND, Duration.ofMinutes(1));

    private static List<Long> seconds(Backoff backoff, int failures) {
        return IntStream.rangeClosed(1, failures)
                .mapToObj(n -> backoff.after(n).toSeconds())
                .toList();
    }

    @Test
    void pausesDoubleUpToTheLongest() {
        assertThat(seconds(TO_A_MINUTE, 8)).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
        assertThat(TO_A_MINUTE.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void pausesGrowByAnyFactorFromOneOn() {
        assertThat(seconds(new Backoff(SECOND, 3, Duration.ofSeconds(20), 0), 5))
                .containsExactly(1L, 3L, 9L, 20L, 20L);
        assertThat(seconds(new Backoff(SECOND, 1, Duration.ofSeconds(20), 0), 3))
                .containsExactly(1L, 1L, 1L);
    }

    @Test
    void fewerThanOneFailureCountsAsOne() {
        assertThat(TO_A_MINUTE.after(0)).isEqualTo(SECOND);
        assertThat(TO_A_MINUTE.after(-5)).isEqualTo(SECOND);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void jitterChangesAPauseEitherWayByItsShareAtMost(long seed) {
        Backoff jittered = TO_A_MINUTE.withJitter(0.2);
        Random random = new Random(seed);
        List<Duration> pauses = IntStream.range(0, 1_000)
                .mapToObj(n -> jittered.after(7, random))
                .toList();

        assertThat(pauses)
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(72)));
        assertThat(pauses).anySatisfy(pause -> assertThat(pause).isLessThan(Duration.ofSeconds(50)));
        assertThat(pauses).anySatisfy(pause -> assertThat(pause).isGreaterThan(Duration.ofSeconds(70)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aPauseThatSomebodyAskedForIsLengthenedOnly(long seed) {
        Random random = new Random(seed);
        List<Duration> pauses = IntStream.range(0, 1_000)
                .mapToObj(n -> Backoff.above(Duration.ofSeconds(100), 0.2, random))
                .toList();

        assertThat(pauses)
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(120)));
        assertThat(pauses).anySatisfy(pause -> assertThat(pause).isLessThan(Duration.ofSeconds(102)));
        assertThat(pauses).anySatisfy(pause -> assertThat(pause).isGreaterThan(Duration.ofSeconds(118)));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 2, PT1M, 0",
        "PT-1S, 2, PT1M, 0",
        "PT2S, 2, PT1S, 0",
        "PT1S, 2, P366D, 0",
        "PT1S, 0.9, PT1M, 0",
        "PT1S, NaN, PT1M, 0",
        "PT1S, Infinity, PT1M, 0",
        "PT1S, 2, PT1M, -0.1",
        "PT1S, 2, PT1M, 0.6",
        "PT1S, 2, PT1M, NaN"
    })
    void whatMakesNoPausesIsRefused(Duration first, double factor, Duration longest, double jitter) {
        assertThatThrownBy(() -> new Backoff(first, factor, longest, jitter))
                .isInstanceOf(InvalidRequestException.class);
    }
}
