package dev.matrix.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clocks that are set and nodes that stand still do no harm; and the simulator would tell if they did. */
@Tag("E13")
@Tag("E18")
class ClockStormSimulationTest {

    @Test
    void noLeaseIsTakenAndNothingPurgedEarlyAndTimeIsTrustedAgain() {
        Seeds.run(30, ClockStormSimulationTest::settled);
    }

    @Test
    @Tag("long")
    void aThousandStorms() {
        Seeds.run(1_000, ClockStormSimulationTest::settled);
    }

    @Test
    void storeTimeByTheWallClockIsFound() {
        Throwable found = catchThrowable(
                () -> Seeds.run(LongStream.rangeClosed(1, 30), seed -> run(ClockStormScenario.byWallClocks(seed))));

        assertThat(found)
                .isInstanceOf(AssertionError.class)
                .message()
                .containsPattern(
                        "no lease is taken early|nothing is purged early|store time is trusted and right again");
    }

    private static void settled(long seed) {
        run(ClockStormScenario.seeded(seed));
    }

    private static void run(SimulationBuilder scenario) {
        scenario.build().run(Duration.ofMinutes(3)).settle(Duration.ofHours(1));
    }
}
