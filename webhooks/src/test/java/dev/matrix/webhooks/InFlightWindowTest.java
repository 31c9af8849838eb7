package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.spi.TransportException.Kind;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("W18")
class InFlightWindowTest {

    private static InFlightWindow after(InFlightWindow window, Verdict verdict, int times) {
        InFlightWindow result = window;
        for (int i = 0; i < times; i++) {
            result = result.after(verdict);
        }
        return result;
    }

    @Test
    void itBeginsAtEightOrWhatTheEndpointAllows() {
        assertThat(InFlightWindow.first(64).size()).isEqualTo(8);
        assertThat(InFlightWindow.first(3).size()).isEqualTo(3);
    }

    @Test
    void itGrowsByOneWithEachFullWindowOfSuccesses() {
        Verdict success = RequestRows.status(200);
        InFlightWindow window = InFlightWindow.first(64);

        assertThat(after(window, success, 7).size()).isEqualTo(8);
        assertThat(after(window, success, 8).size()).isEqualTo(9);
        assertThat(after(window, success, 16).size()).isEqualTo(9);
        assertThat(after(window, success, 17).size()).isEqualTo(10);
    }

    @Test
    void itEndsAtTheEndpointsMost() {
        assertThat(after(InFlightWindow.first(10), RequestRows.status(200), 1_000)
                        .size())
                .isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void aStatusOfCongestionHalvesIt(int status) {
        assertThat(InFlightWindow.first(64).after(RequestRows.status(status)).size())
                .isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TIMEOUT", "CONNECT", "RESET"})
    void aLostConnectionHalvesIt(Kind kind) {
        assertThat(InFlightWindow.first(64).after(RequestRows.error(kind)).size())
                .isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 404, 410, 500, 501, 505})
    void otherFailuresLeaveItAndItsSuccesses(int status) {
        InFlightWindow window = after(InFlightWindow.first(64), RequestRows.status(200), 7);

        assertThat(window.after(RequestRows.status(status))).isEqualTo(window);
        assertThat(window.after(RequestRows.error(Kind.DNS))).isEqualTo(window);
    }

    @Test
    void halvingStartsTheCountAnewAndEndsAtOne() {
        Verdict busy = RequestRows.status(429);
        InFlightWindow window = after(InFlightWindow.first(64), RequestRows.status(200), 7);

        assertThat(window.after(busy)).isEqualTo(new InFlightWindow(4, 0, 64));
        assertThat(after(window, busy, 3).size()).isEqualTo(1);
        assertThat(after(window, busy, 4).size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void itNeverLeavesItsBounds(long seed) {
        Random random = new Random(seed);
        InFlightWindow window = InFlightWindow.first(64);
        Verdict success = RequestRows.status(200);
        Verdict busy = RequestRows.status(503);
        for (int i = 0; i < 10_000; i++) {
            if (random.nextInt(500) == 0) {
                window = window.within(1 + random.nextInt(256));
            }
            window = window.after(random.nextInt(100) == 0 ? busy : success);
            assertThat(window.size()).isBetween(1, window.most());
        }
    }
}
