package dev.matrix.examples.benchmarks.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KillHarnessTest {

    @Test
    @Tag("C37")
    @Tag("W14")
    @Tag("W15")
    @Tag("long")
    void noKillLosesAnEventAndTheOtherNodeTakesOver() throws Exception {
        assertThat(KillHarness.keeps("--kills=3", "--events=2000")).isTrue();
    }
}
