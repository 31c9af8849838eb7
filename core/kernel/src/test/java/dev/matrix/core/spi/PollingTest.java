package dev.matrix.core.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollingTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Polling polling = new Polling();

    private long pauseAfter(double seconds) {
        return polling.pause(START.plusMillis(Math.round(seconds * 1_000))).toMillis();
    }

    @Test
    void aPauseIsATwentiethOfTheQuietBeforeIt() {
        List<Long> pauses = new ArrayList<>();
        for (double quiet : new double[] {0, 0.5, 1, 2, 9, 10, 3_600}) {
            pauses.add(pauseAfter(quiet));
        }
        assertThat(pauses).containsExactly(50L, 50L, 50L, 100L, 450L, 500L, 500L);
    }

    @Test
    void whatIsFoundMakesItShortAgainAndSoDoesATimeThatStepsBack() {
        assertThat(pauseAfter(0)).isEqualTo(50);
        assertThat(pauseAfter(100)).isEqualTo(500);
        polling.found(START.plusSeconds(100));
        assertThat(pauseAfter(101)).isEqualTo(50);

        polling.found(START.plus(Duration.ofDays(365)));
        assertThat(pauseAfter(102)).isEqualTo(50);
        assertThat(pauseAfter(112)).isEqualTo(500);
    }

    @Test
    void anIdleHourTakesTwoPollsASecond() {
        int polls = 0;
        for (Instant now = START; now.isBefore(START.plusSeconds(3_600)); now = now.plus(polling.pause(now))) {
            polls++;
        }
        assertThat(polls).isLessThan(7_300);
    }
}
