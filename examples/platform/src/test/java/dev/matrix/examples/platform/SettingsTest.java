package dev.matrix.examples.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The environment's variables. */
class SettingsTest {

    @Test
    @Tag("P1")
    void withoutVariablesItIsATrialOnThisMachine() {
        assertThat(Settings.of(Map.of()))
                .isEqualTo(new Settings(
                        8080, "127.0.0.1", Path.of("matrix-data"), null, null, false, List.of(), false, false));
    }

    @Test
    @Tag("P1")
    void everyVariableCounts() {
        assertThat(Settings.of(Map.of(
                        "MATRIX_PORT", "0",
                        "MATRIX_HOST", "0.0.0.0",
                        "MATRIX_DATA", "/var/lib/matrix",
                        "MATRIX_DATABASE", "jdbc:postgresql://db/matrix",
                        "MATRIX_BOOTSTRAP_KEY", "sixteen-chars-ok",
                        "MATRIX_ALLOW_PRIVATE_TARGETS", "true",
                        "MATRIX_TRUSTED_PROXIES", "10.0.0.0/8, ::1",
                        "MATRIX_SAMPLE_DATA", "true",
                        "MATRIX_KEK", "k1:…")))
                .isEqualTo(new Settings(
                        0,
                        "0.0.0.0",
                        Path.of("/var/lib/matrix"),
                        "jdbc:postgresql://db/matrix",
                        "sixteen-chars-ok",
                        true,
                        List.of("10.0.0.0/8", "::1"),
                        true,
                        true));
    }

    @ParameterizedTest
    @CsvSource({
        "MATRIX_PORT, x",
        "MATRIX_PORT, 65536",
        "MATRIX_PORT, -1",
        "MATRIX_DATABASE, postgres://db",
        "MATRIX_DATABASE, jdbc:mysql://db/matrix",
        "MATRIX_BOOTSTRAP_KEY, fifteen-chars-.",
        "MATRIX_BOOTSTRAP_KEY, sixteen chars ok",
        "MATRIX_ALLOW_PRIVATE_TARGETS, yes",
        "MATRIX_SAMPLE_DATA, 1",
        "MATRIX_TRUSTED_PROXIES, proxy.example.com",
    })
    @Tag("P1")
    void aBadValueIsNamedInOneLine(String name, String value) {
        assertThatThrownBy(() -> Settings.of(Map.of(name, value)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(name)
                .satisfies(
                        e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1));
    }

    @Test
    void aSecretIsNotToldBack() {
        assertThatThrownBy(() -> Settings.of(Map.of("MATRIX_BOOTSTRAP_KEY", "short")))
                .hasMessageNotContaining("short");
        assertThat(Settings.of(Map.of("MATRIX_BOOTSTRAP_KEY", "sixteen-chars-ok")))
                .asString()
                .doesNotContain("sixteen");
    }
}
