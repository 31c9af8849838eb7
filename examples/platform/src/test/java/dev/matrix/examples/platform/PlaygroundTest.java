package dev.matrix.examples.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.devtools.NodeTools;
import dev.matrix.devtools.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The playground of the platform as a process; what it looks like is kept in {@code target/playground}. */
@Tag("browser")
@Tag("D8")
class PlaygroundTest {

    private static final String KEY = "sixteen-visible-characters";

    @Test
    void aWebhookIsRegisteredTestedVerifiedAndCopiedAsCode(@TempDir Path folder) throws Exception {
        Path pictures = Files.createDirectories(Path.of("target", "playground"));
        Path script = Programs.copy(PlaygroundTest.class, "playground.mjs", NodeTools.with("playwright-core@1.65.1"));
        try (PlatformProcess platform = PlatformProcess.start(
                        folder, Map.of("MATRIX_BOOTSTRAP_KEY", KEY, "MATRIX_ALLOW_PRIVATE_TARGETS", "true"))
                .serving()) {
            Programs.Run run = Programs.run(
                    folder,
                    Map.of(),
                    "",
                    "node",
                    script.toString(),
                    platform.uri().toString(),
                    KEY,
                    pictures.toAbsolutePath().toString());
            assertThat(run.out() + run.err()).isEqualTo("good\n");
        }
    }
}
