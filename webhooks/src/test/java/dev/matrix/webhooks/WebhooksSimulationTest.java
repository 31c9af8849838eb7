package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;

import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.sim.Seeds;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Webhooks keep their promises whatever crashes, stalls, gets lost or is refused; and the simulator would tell if not. */
class WebhooksSimulationTest {

    private static final Duration TROUBLED = Duration.ofSeconds(10);

    @Test
    @Tag("C36")
    @Tag("C25")
    @Tag("W19")
    @Tag("W21")
    @Tag("W24")
    void whateverCommitsIsDeliveredOrSeenNotToBeInSpiteOfCrashes() {
        Seeds.run(200, seed -> WebhooksScenario.seeded(seed, 3).run(TROUBLED));
    }

    @Test
    @Tag("C36")
    @Tag("long")
    void aThousandSeedsOfTwiceTheLengthHold() {
        Seeds.run(1_000, seed -> WebhooksScenario.seeded(seed, 3).run(TROUBLED.multipliedBy(2)));
    }

    @Test
    @Tag("C36")
    @Tag("long")
    void twentyThousandEventsHold() {
        WebhooksLedger.Tally tally =
                WebhooksScenario.seeded(1, 40).run(Duration.ofMinutes(6)).tally();

        assertThat(tally.events()).isGreaterThan(20_000);
    }

    @Test
    void aRunIsLongEnoughToProveSomething() {
        WebhooksLedger.Tally tally = WebhooksScenario.seeded(1, 3).run(TROUBLED).tally();

        assertThat(tally.requests()).isGreaterThan(100);
        assertThat(tally.retries()).isPositive();
    }

    @Test
    @Tag("W24")
    void resultsThatCountWithoutTheLeaseAreFoundAndTheSeedReproducesThem() {
        assertFound(Flaws::ignoringTokens, "attempts that count|which is due at|is still open");
    }

    @Test
    @Tag("W5")
    void routingByWhatIsRememberedIsFoundAndTheSeedReproducesIt() {
        assertFound(Flaws::ignoringRoutingVersions, "what was routed");
    }

    @Test
    @Tag("W15")
    void aLeaseThatTwoHoldIsFoundAndTheSeedReproducesIt() {
        assertFound(Flaws::sharingLeases, "in flight to|what the rate of|which is due at");
    }

    /** One seed after the other, so that the same one finds it on every machine. */
    private static void assertFound(UnaryOperator<Stores> flaw, String what) {
        Seeds.Scenario scenario = seed -> WebhooksScenario.flawed(seed, flaw).run(TROUBLED);
        for (long next = 1; next <= 200; next++) {
            long seed = next;
            Throwable found = catchThrowable(() -> scenario.run(seed));
            if (found != null) {
                assertThat(found).isInstanceOf(AssertionError.class).hasMessageMatching("(?s).*(" + what + ").*");
                assertThat(catchThrowable(() -> scenario.run(seed)))
                        .as("the same failure, trace and all")
                        .hasMessage(found.getMessage());
                return;
            }
        }
        fail("No seed finds it.");
    }
}
