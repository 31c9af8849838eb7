package dev.matrix.examples.benchmarks.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AuditKillHarnessTest {

    @Test
    @Tag("SE36")
    @Tag("long")
    void noKillLosesAnEntryAndTheVerifierFindsWhatIsAltered() throws Exception {
        assertThat(AuditKillHarness.keeps("--entries=500", "--kills=3")).isTrue();
    }
}
