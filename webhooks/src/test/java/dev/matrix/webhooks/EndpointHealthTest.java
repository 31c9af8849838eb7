package dev.matrix.webhooks;

import static dev.matrix.webhooks.RequestRows.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("W36")
class EndpointHealthTest {

    /** 120 h. */
    private static final Duration LIMIT = Duration.ofDays(5);

    private static EndpointHealth failing(int times) {
        EndpointHealth health = EndpointHealth.GOOD;
        for (int i = 0; i < times; i++) {
            health = health.after(Outcome.FAILED, START.plusSeconds(i));
        }
        return health;
    }

    @Test
    @Tag("C16")
    void anEndpointIsLostAfter120HoursOfFailuresAndNotAMinuteSooner() {
        Instant end = START.plus(LIMIT);

        assertThat(failing(10).isLost(LIMIT, end.minusSeconds(60))).isFalse();
        assertThat(failing(10).isLost(LIMIT, end)).isTrue();
    }

    @Test
    void fewerThanTenFailuresAreNotEnough() {
        assertThat(failing(9).isLost(LIMIT, START.plus(LIMIT.multipliedBy(2)))).isFalse();
    }

    @Test
    void failuresAreCountedFromTheFirst() {
        assertThat(failing(3)).isEqualTo(new EndpointHealth(START, 3));
    }

    @Test
    void oneSuccessForgetsThemAll() {
        EndpointHealth again = failing(10).after(Outcome.DELIVERED, START).after(Outcome.FAILED, START.plus(LIMIT));

        assertThat(again).isEqualTo(new EndpointHealth(START.plus(LIMIT), 1));
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"THROTTLED", "ENDED"})
    void whatTheReceiverAskedForIsNoFailure(Outcome outcome) {
        assertThat(failing(3).after(outcome, START.plus(LIMIT))).isEqualTo(failing(3));
    }

    @Test
    void anEndpointThatNeverFailedIsNotLost() {
        assertThat(EndpointHealth.GOOD.isLost(Duration.ZERO, START)).isFalse();
    }
}
