package dev.matrix.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The event log keeps its promises whatever crashes, stalls and throws. */
class EventLogSimulationTest {

    @Test
    @Tag("E5")
    @Tag("E7")
    @Tag("E8")
    void everyCommittedEventIsHandledOnceInSpiteOfCrashes() {
        Seeds.run(
                200,
                seed -> EventLogScenario.seeded(seed, 1)
                        .build()
                        .run(Duration.ofSeconds(20))
                        .settle(Duration.ofHours(1)));
    }

    @Test
    @Tag("E6")
    void aReleaseThatBringsSubscribersLosesNothing() {
        Faults shortStalls = Faults.standard().withStall(0.01, Duration.ofSeconds(10));
        Seeds.run(
                100,
                seed -> EventLogScenario.released(seed, 1)
                        .faults(shortStalls)
                        .build()
                        .run(Duration.ofSeconds(15))
                        .settle(Duration.ofHours(1)));
    }

    @Test
    @Tag("long")
    void twentyThousandEventsAreHandledOnceInSpiteOfCrashes() {
        Seeds.run(
                3,
                seed -> EventLogScenario.seeded(seed, 10)
                        .build()
                        .run(Duration.ofSeconds(200))
                        .settle(Duration.ofHours(2)));
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        assertThat(traced(7)).isEqualTo(traced(7)).isNotEqualTo(traced(8));
    }

    private static Object traced(long seed) {
        return EventLogScenario.seeded(seed, 1)
                .build()
                .run(Duration.ofSeconds(5))
                .settle(Duration.ofMinutes(10))
                .trace();
    }
}
