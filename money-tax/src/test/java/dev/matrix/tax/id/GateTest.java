package dev.matrix.tax.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I3")
class GateTest {

    private final Gate gate = new Gate();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private boolean call(boolean answered) {
        assertThat(gate.enter(now)).isTrue();
        return gate.leave(answered, now);
    }

    private void silences(int count) {
        for (int i = 0; i < count; i++) {
            call(false);
        }
    }

    @Test
    void aFifthCallWaitsUntilOneHasEnded() {
        for (int i = 0; i < 4; i++) {
            assertThat(gate.enter(now)).isTrue();
        }
        assertThat(gate.enter(now)).isFalse();

        gate.leave(true, now);

        assertThat(gate.enter(now)).isTrue();
    }

    @Test
    void pausesDoubleTo15MinutesUntilAnAnswer() {
        silences(4);
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            assertThat(call(false)).isTrue();
            assertThat(gate.enter(now)).isFalse();
            pauses.add(Duration.between(now, gate.opensAt()).toSeconds());
            now = gate.opensAt();
        }
        assertThat(pauses).containsExactly(60L, 120L, 240L, 480L, 900L, 900L);

        assertThat(call(true)).isFalse();
        silences(4);
        assertThat(call(false)).isTrue();
        assertThat(gate.opensAt()).isEqualTo(now.plusSeconds(60));
    }

    @Test
    void anAnswerBetweenSilencesBeginsTheCountAnew() {
        silences(4);
        call(true);
        silences(4);

        assertThat(gate.enter(now)).isTrue();
    }

    @Test
    void whatWasUnderWayWhenItClosedDoesNotCloseItAgain() {
        silences(3);
        gate.enter(now);
        gate.enter(now);
        gate.enter(now);
        gate.leave(false, now);
        assertThat(gate.leave(false, now)).isTrue();
        assertThat(gate.leave(false, now)).isFalse();

        assertThat(gate.opensAt()).isEqualTo(now.plusSeconds(60));
    }
}
