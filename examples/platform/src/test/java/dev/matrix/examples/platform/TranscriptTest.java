package dev.matrix.examples.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.matrix.security.verify.AuditVerifier;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what happens. */
class TranscriptTest {

    private static final String KEY = "transcript-bootstrap-key";

    @Test
    void everyCommandOfTheReadmePrintsWhatTheReadmeSays(@TempDir Path folder) throws Exception {
        assumeTrue(
                installed("bash") && installed("curl") && installed("python3"),
                "bash, curl and python3 run the README's commands");
        Transcript transcript = Transcript.of(Path.of("README.md"));
        assertThat(transcript.steps()).isNotEmpty();
        Settings settings = Settings.of(Map.of(
                "MATRIX_PORT",
                "0",
                "MATRIX_DATA",
                folder.resolve("data").toString(),
                "MATRIX_BOOTSTRAP_KEY",
                KEY,
                "MATRIX_ALLOW_PRIVATE_TARGETS",
                "true"));
        List<String> printed;
        try (Host host = Host.start(settings);
                Receiver receiver = Receiver.start()) {
            printed = transcript.run(Map.of(
                    "MATRIX", text(host.uri()), "KEY", KEY, "RECEIVER", text(receiver.uri()), "VERIFIER", verifier()));
        }
        for (int i = 0; i < printed.size(); i++) {
            Transcript.Step step = transcript.steps().get(i);
            assertThat(step.matches(printed.get(i)))
                    .as("$ %s%nshould print%n%s%nand printed%n%s", step.command(), step.expected(), printed.get(i))
                    .isTrue();
        }
    }

    /** The verifier from security's jar and nothing else. */
    private static String verifier() throws URISyntaxException {
        Path jar = Path.of(AuditVerifier.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return Path.of(System.getProperty("java.home"), "bin", "java") + " -cp " + jar + " "
                + AuditVerifier.class.getName();
    }

    private static String text(URI uri) {
        return uri.toString();
    }

    private static boolean installed(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Path.of(folder, program).toFile().canExecute());
    }
}
