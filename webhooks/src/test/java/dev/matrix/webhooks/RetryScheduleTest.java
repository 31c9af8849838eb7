package dev.matrix.webhooks;

import static dev.matrix.webhooks.RequestRows.START;
import static dev.matrix.webhooks.RequestRows.due;
import static dev.matrix.webhooks.RequestRows.fresh;
import static dev.matrix.webhooks.RequestRows.next;
import static dev.matrix.webhooks.RequestRows.reply;
import static dev.matrix.webhooks.RequestRows.seeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.webhooks.spi.DeliveryRow;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole lives of deliveries, and pauses drawn many times. */
class RetryScheduleTest {

    private static final int DRAWS = 2_000;

    private static double seconds(Verdict verdict) {
        return Duration.between(START, due(verdict)).toNanos() / 1e9;
    }

    @ParameterizedTest
    @CsvSource({"120, 120, 144", "120.5, 121, 145.2", "99999999, 3600, 4320"})
    @Tag("C13")
    @Tag("W33")
    void aReadableRetryAfterDefersWithinItsBounds(String retryAfter, double least, double most) {
        RandomGenerator random = seeded(13);
        for (int i = 0; i < DRAWS; i++) {
            Verdict verdict = new OutcomeRules(fresh(), RetryPolicy.standard(), START, random)
                    .judge(reply(503, "Retry-After", retryAfter));

            assertThat(verdict.outcome()).isEqualTo(Outcome.THROTTLED);
            assertThat(seconds(verdict)).isBetween(least, most);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sun, 01 Mar 2026 11:59:59 GMT", "-5", "soon"})
    @Tag("C13")
    @Tag("W33")
    void anUnreadableRetryAfterIsAbsent(String retryAfter) {
        RandomGenerator random = seeded(13);
        for (int i = 0; i < DRAWS; i++) {
            Verdict unavailable = new OutcomeRules(fresh(), RetryPolicy.standard(), START, random)
                    .judge(reply(503, "Retry-After", retryAfter));
            assertThat(unavailable.after().attempts()).isEqualTo(1);
            assertThat(seconds(unavailable)).isBetween(4.0, 6.0);

            Verdict tooMany = new OutcomeRules(fresh(), RetryPolicy.standard(), START, random)
                    .judge(reply(429, "Retry-After", retryAfter));
            assertThat(tooMany.after().attempts()).isZero();
            assertThat(tooMany.blockedUntil()).isNull();
            assertThat(seconds(tooMany)).isBetween(60.0, 72.0);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20_261_122, -7})
    @Tag("C14")
    @Tag("W32")
    void tenThousandJitteredHoursStayInBoundsAndAverageAnHour(long seed) {
        RetryPolicy hourly = RetryPolicy.exponential(Duration.ofHours(1), 1, Duration.ofHours(1), 2);
        RandomGenerator random = seeded(seed);
        double sum = 0;
        double shortest = 99;
        double longest = 0;
        for (int i = 0; i < 10_000; i++) {
            Verdict verdict = new OutcomeRules(fresh(), hourly, START, random).judge(reply(500));
            double minutes = seconds(verdict) / 60;
            assertThat(minutes).isBetween(48.0, 72.0);
            shortest = Math.min(shortest, minutes);
            longest = Math.max(longest, minutes);
            sum += minutes;
        }
        assertThat(sum / 10_000).isBetween(59.0, 61.0);
        assertThat(shortest).isLessThan(48.1);
        assertThat(longest).isGreaterThan(71.9);
    }

    @Test
    @Tag("C15")
    @Tag("W32")
    void tenFailuresOver75HoursExhaust() {
        RetryPolicy exact = RetryPolicy.standard().withJitter(0);
        DeliveryRow row = fresh();
        Instant now = START;
        while (row.delivery().state().isOpen()) {
            Verdict verdict = new OutcomeRules(row, exact, now, seeded(15)).judge(reply(500));
            row = next(row, verdict, now);
            now = row.delivery().state().isOpen() ? due(verdict) : now;
        }

        assertThat(row.delivery().state()).isEqualTo(DeliveryState.EXHAUSTED);
        assertThat(row.delivery().attempts()).isEqualTo(10);
        assertThat(row.requests()).isEqualTo(10);
        assertThat(Duration.between(START, now)).isEqualTo(Duration.parse("PT75H35M5S"));
    }

    @Test
    @Tag("C15")
    @Tag("W34")
    void throttlingCountsNothingFor72HoursAndThenExhausts() {
        RetryPolicy exact = RetryPolicy.standard().withJitter(0);
        Instant limit = START.plus(Duration.ofDays(3));
        DeliveryRow row = fresh();
        Instant now = START;
        int counted = 0;
        while (row.delivery().state().isOpen()) {
            Verdict verdict = new OutcomeRules(row, exact, now, seeded(15)).judge(reply(429));
            counted += now.isBefore(limit) ? 0 : 1;
            assertThat(verdict.after().attempts()).isEqualTo(counted);
            row = next(row, verdict, now);
            now = row.delivery().state().isOpen() ? due(verdict) : now;
        }

        assertThat(row.delivery().state()).isEqualTo(DeliveryState.EXHAUSTED);
        assertThat(counted).isEqualTo(10);
        assertThat(row.delivery().deferrals()).isEqualTo(2 + 72 * 60);
    }
}
