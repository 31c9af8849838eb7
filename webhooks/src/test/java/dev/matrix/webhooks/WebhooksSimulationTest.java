package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.testkit.sim.Seeds;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Webhooks keep their promises whatever crashes, stalls, gets lost or is refused; and the simulator would tell if not. */
class WebhooksSimulationTest {

    private static final Duration TROUBLED = Duration.ofSeconds(25);

    @Test
    @Tag("C36")
    @Tag("C25")
    void whatCommitsIsDeliveredOnceOrSeenNotToBeInSpiteOfCrashes() {
        Seeds.run(200, seed -> WebhooksScenario.seeded(seed, 3).run(TROUBLED));
    }

    @Test
    void aRunIsLongEnoughToProveSomething() {
        WebhooksLedger.Tally tally = WebhooksScenario.seeded(1, 3).run(TROUBLED).tally();
        System.out.println(tally);
        assertThat(tally.requests()).isGreaterThan(100);
    }
}
