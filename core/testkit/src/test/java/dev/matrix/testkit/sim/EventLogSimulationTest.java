package dev.matrix.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The event log keeps its promises whatever crashes, stalls and throws; and the simulator would tell if it didn't. */
class EventLogSimulationTest {

    @Test
    @Tag("E5")
    @Tag("E7")
    @Tag("E8")
    void everyCommittedEventIsHandledOnceInSpiteOfCrashes() {
        Seeds.run(200, seed -> settled(EventLogScenario.seeded(seed, 1)));
    }

    @Test
    @Tag("E6")
    void aReleaseThatBringsSubscribersLosesNothing() {
        Faults shortStalls = Faults.standard().withStall(0.002, Duration.ofSeconds(10));
        Seeds.run(100, seed -> settled(EventLogScenario.released(seed, 1).faults(shortStalls)));
    }

    @Test
    @Tag("long")
    void twentyThousandEventsAreHandledOnceInSpiteOfCrashes() {
        Seeds.run(
                3,
                seed -> EventLogScenario.seeded(seed, 10)
                        .build()
                        .run(Duration.ofSeconds(250))
                        .settle(Duration.ofHours(2)));
    }

    @Test
    void aRunIsLongEnoughToProveSomething() {
        assertThat(EventLogScenario.committed(settled(EventLogScenario.seeded(1, 1))))
                .isGreaterThan(100);
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        assertThat(trace(7)).isNotEmpty().isEqualTo(trace(7)).isNotEqualTo(trace(8));
    }

    @Test
    void aQueueThatIgnoresTokensIsFoundAndItsSeedReproducesTheRun() {
        assertFound(EventLogScenario::ignoringTokens, "handled, by Transactional ones once");
    }

    @Test
    void takingExternalHandlingForExactlyOnceIsFound() {
        assertFound(EventLogScenario::expectingExternalOnce, "reached once");
    }

    private static void assertFound(LongFunction<SimulationBuilder> scenario, String what) {
        Throwable found =
                catchThrowable(() -> Seeds.run(LongStream.rangeClosed(1, 200), seed -> settled(scenario.apply(seed))));

        assertThat(found).isInstanceOf(AssertionError.class).hasMessageContaining(what);
        String message = String.valueOf(found.getMessage());
        Matcher seed = Pattern.compile("-Dmatrix\\.sim\\.seed=(\\d+)").matcher(message);
        assertThat(seed.find()).isTrue();
        LongStream again = LongStream.of(Long.parseLong(seed.group(1)));
        assertThatThrownBy(() -> Seeds.run(again, number -> settled(scenario.apply(number))))
                .as("the same failure, trace and all")
                .hasMessage(message);
    }

    private static Simulation settled(SimulationBuilder scenario) {
        return scenario.build().run(Duration.ofSeconds(25)).settle(Duration.ofHours(1));
    }

    private static List<String> trace(long seed) {
        return EventLogScenario.seeded(seed, 1)
                .build()
                .run(Duration.ofSeconds(20))
                .trace();
    }
}
