package dev.matrix.devtools;

import static dev.matrix.devtools.SdkScenarios.lines;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** All scenarios on the clients that this machine can run; the shell's are many processes and have the profile {@code sdk}. */
@Tag("D7")
@Tag("D4")
@Tag("D5")
@Tag("D6")
@Tag("C21")
@Tag("C22")
class SdkScenarioTest {

    @TempDir
    Path folder;

    @BeforeEach
    void generate() throws IOException {
        SdkFiles.write(Fixtures.things(), folder);
    }

    @TestFactory
    Stream<DynamicTest> modules() throws Exception {
        assumeTrue(Programs.isThere("node", "--version"));
        return SdkScenarios.on("mjs", scenarios -> node("matrix.mjs", scenarios));
    }

    @TestFactory
    @Tag("sdk")
    Stream<DynamicTest> commonJs() throws Exception {
        return SdkScenarios.on("cjs", scenarios -> node("matrix.cjs", scenarios));
    }

    @TestFactory
    Stream<DynamicTest> python() throws Exception {
        assumeTrue(Programs.isThere("python3", "--version"));
        return SdkScenarios.on("py", scenarios -> {
            Path driver = Programs.copy("sdk/driver.py", folder);
            return played(Programs.run(
                    folder,
                    Map.of(),
                    "",
                    "python3",
                    driver.toString(),
                    folder.toString(),
                    written(scenarios).toString()));
        });
    }

    @TestFactory
    @Tag("sdk")
    Stream<DynamicTest> shell() throws Exception {
        return SdkScenarios.on("sh", new ShellClient(folder));
    }

    @TestFactory
    @Tag("sdk-types")
    Stream<DynamicTest> typeScript() throws Exception {
        TypeScriptCompiler.compile(folder, "matrix.ts");
        return SdkScenarios.on("ts", scenarios -> node("out/matrix.js", scenarios));
    }

    private List<JsonObject> node(String client, List<Scenario> scenarios) throws IOException {
        Path driver = Programs.copy("sdk/driver.mjs", folder);
        return played(Programs.run(
                folder,
                Map.of(),
                "",
                "node",
                driver.toString(),
                folder.resolve(client).toString(),
                written(scenarios).toString()));
    }

    private static List<JsonObject> played(Programs.Run run) {
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        return lines(run.out());
    }

    private Path written(List<Scenario> scenarios) throws IOException {
        Path file = folder.resolve("scenarios.json");
        String json = new String(
                Scenario.CODEC.write(new JsonArray(
                        List.copyOf(scenarios.stream().map(Scenario::json).toList()))),
                UTF_8);
        return Files.writeString(file, json);
    }
}
