package dev.matrix.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;

import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.sim.Seeds;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three nodes over a month's end: whatever crashes, stalls or loses its database, each count and each consequence is there once. */
class SlaSimulationTest {

    @Test
    @Tag("C68")
    @Tag("S12")
    @Tag("S47")
    void nothingIsLostOrCountedTwiceAndEachConsequenceIsThereOnce() {
        Seeds.run(6, seed -> new SlaScenario(seed, UnaryOperator.identity()).run());
    }

    @Test
    @Tag("long")
    void aThousandSeedsHold() {
        Seeds.run(1_000, seed -> new SlaScenario(seed, UnaryOperator.identity()).run());
    }

    @Test
    void hoursThatLoseTheirBatchesAreFound() {
        assertFound(Flaws::forgettingHours, "hours");
    }

    @Test
    void batchesThatAreAddedToThemselvesAreFound() {
        assertFound(Flaws::addingBatches, "counted");
    }

    /** One seed after the other, so that the same one finds it on every machine. */
    private static void assertFound(UnaryOperator<Stores> flaw, String what) {
        for (long next = 1; next <= 12; next++) {
            long seed = next;
            Throwable found = catchThrowable(() -> new SlaScenario(seed, flaw).run());
            if (found != null) {
                assertThat(found).isInstanceOf(AssertionError.class).hasMessageMatching("(?s).*(" + what + ").*");
                return;
            }
        }
        fail("No seed finds it.");
    }
}
