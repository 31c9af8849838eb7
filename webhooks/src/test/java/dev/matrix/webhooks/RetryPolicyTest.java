package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("W32")
class RetryPolicyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void theStandardScheduleSpans75Hours35MinutesAnd5Seconds() {
        RetryPolicy standard = RetryPolicy.standard();

        assertThat(standard.attempts()).isEqualTo(10);
        assertThat(standard.span()).isEqualTo(Duration.parse("PT75H35M5S"));
        assertThat(standard.jitter()).isEqualTo(0.2);
        assertThat(standard.deferralLimit()).isEqualTo(Duration.ofDays(3));
    }

    @Test
    void exponentialDelaysGrowByTheFactorUpToTheLongest() {
        assertThat(RetryPolicy.exponential(SECOND, 3, Duration.ofSeconds(20), 6).delays())
                .containsExactly(
                        SECOND,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void exponentialDelaysNeverDecreaseAndEndAtTheLongest(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            Duration first =
                    Duration.ofNanos(random.nextLong(1, Duration.ofDays(1).toNanos()));
            Duration max = first.plusNanos(random.nextLong(Duration.ofDays(364).toNanos()));
            double factor = 1.1 + random.nextDouble() * (random.nextBoolean() ? 1 : 1e6);

            List<Duration> delays =
                    RetryPolicy.exponential(first, factor, max, 1_001).delays();

            assertThat(delays).hasSize(1_000).isSorted().endsWith(max).startsWith(first);
        }
    }

    @Test
    void anExtremeFactorSaturates() {
        assertThat(RetryPolicy.exponential(SECOND, Double.MAX_VALUE, Duration.ofDays(365), 1_001)
                        .delays()
                        .subList(1, 1_000))
                .containsOnly(Duration.ofDays(365));
        assertThat(RetryPolicy.exponential(Duration.ZERO, Double.MAX_VALUE, SECOND, 1_001)
                        .delays())
                .containsOnly(Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        "PT1S, 0.9, PT9S, 3",
        "PT1S, NaN, PT9S, 3",
        "PT1S, Infinity, PT9S, 3",
        "PT-1S, 2, PT9S, 1",
        "PT9S, 2, PT1S, 3",
        "PT1S, 2, P366D, 3",
        "PT1S, 2, PT9S, 0",
        "PT1S, 2, PT9S, 1002"
    })
    void anImpossibleGrowthIsRefused(Duration first, double factor, Duration max, int attempts) {
        assertThatThrownBy(() -> RetryPolicy.exponential(first, factor, max, attempts))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("exponential");
    }

    @Test
    void delaysOutOfBoundsAreRefused() {
        assertThatThrownBy(() -> of(List.of(Duration.ofSeconds(-1)))).hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> of(List.of(Duration.ofDays(366)))).hasMessageContaining("365 days");
        assertThatThrownBy(() -> of(Collections.nCopies(1_001, SECOND))).hasMessageContaining("1001");
        assertThatThrownBy(() -> RetryPolicy.standard().withJitter(0.6)).hasMessageContaining("0.6");
        assertThatThrownBy(() -> RetryPolicy.standard().withJitter(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new RetryPolicy(List.of(), 0, Duration.ofSeconds(-1)))
                .hasMessageContaining("deferral");
        assertThatThrownBy(() -> new RetryPolicy(List.of(), 0, Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("deferral");
    }

    @Test
    void aMinimumIsOnlyEverLengthenedByTheJitter() {
        RetryPolicy standard = RetryPolicy.standard();
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            assertThat(standard.pause(Duration.ofMinutes(1), 0, random))
                    .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(72));
        }
    }

    private static RetryPolicy of(List<Duration> delays) {
        return new RetryPolicy(delays, 0, Duration.ZERO);
    }
}
