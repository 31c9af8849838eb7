package dev.matrix.devtools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The npm package @redocly/cli. */
public final class OpenApiLint {

    private OpenApiLint() {}

    /** Lints a document by the recommended rules; any message is a failure (C18). */
    public static void hasNothingToSay(Path document) throws IOException {
        Path tools = NodeTools.with("@redocly/cli@2.77.0");
        Programs.Run run = Programs.run(
                tools,
                Map.of("REDOCLY_TELEMETRY", "off"),
                "",
                "node",
                tools.resolve("node_modules/@redocly/cli/bin/cli.js").toString(),
                "lint",
                "--extends",
                "recommended",
                "--max-problems",
                "10",
                document.toString());
        assertThat(run.out() + run.err()).contains("is valid").doesNotContain("You have");
        assertThat(run.exit()).isZero();
    }
}
