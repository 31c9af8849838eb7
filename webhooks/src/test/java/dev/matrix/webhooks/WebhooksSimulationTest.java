package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.sim.Seeds;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
                WebhooksScenario.seeded(1, 40).run(Duration.ofMinutes(5)).tally();

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
        assertFound(Flaws::ignoringTokens, "attempts that count");
    }

    @Test
    @Tag("W5")
    void routingByWhatIsRememberedIsFoundAndTheSeedReproducesIt() {
        assertFound(Flaws::ignoringRoutingVersions, "what was routed");
    }

    @Test
    @Tag("W15")
    void aLeaseThatTwoHoldIsFoundAndTheSeedReproducesIt() {
        assertFound(Flaws::sharingLeases, "in flight to|what the rate of");
    }

    private static void assertFound(UnaryOperator<Stores> flaw, String what) {
        Seeds.Scenario scenario = seed -> WebhooksScenario.flawed(seed, flaw).run(TROUBLED);
        AssertionError found = catchThrowableOfType(AssertionError.class, () -> Seeds.run(200, scenario));
        String message = String.valueOf(found.getMessage());

        assertThat(message).containsPattern(what);
        Matcher seed =
                Pattern.compile("Failed with -Dmatrix\\.sim\\.seed=(\\d+)").matcher(message);
        assertThat(seed.find()).isTrue();
        assertThat(catchThrowable(() -> scenario.run(Long.parseLong(seed.group(1)))))
                .as("the same failure, trace and all")
                .hasMessage(message.substring(seed.end() + 2));
    }
}
