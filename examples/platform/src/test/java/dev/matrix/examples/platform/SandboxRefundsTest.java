package dev.matrix.examples.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.refunds.spi.DisputeLookup;
import dev.matrix.refunds.spi.DisputeProvider;
import dev.matrix.refunds.spi.DisputeProvider.DisputeCommand;
import dev.matrix.refunds.spi.DisputeResult;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.ScriptedTransport;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the sandbox says of disputes; the transcript in README shows its refunds. */
class SandboxRefundsTest {

    private final ProviderContext context = ProviderContext.of(
            ScriptedTransport.held(), ManualClock.at(Instant.parse("2026-11-01T00:00:00Z")), new Random(1));

    @Test
    void aDisputeThatIsRecordedHereIsNoneOfTheSandboxsAndCanBeAccepted() {
        DisputeProvider desk = new SandboxRefunds().disputes().orElseThrow();

        assertThat(desk.fetch("du_1", context)).isInstanceOf(DisputeLookup.Absent.class);
        assertThat(desk.accept(new DisputeCommand("du_1", "key", null), context))
                .isInstanceOf(DisputeResult.Pending.class);
    }
}
