package dev.matrix.devtools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A generated client that plays scenarios; its file is in the folder that it is made with. */
public interface SdkClient {

    /** One result a scenario, in their order: {name, data | error, waits, forms}. */
    List<JsonObject> play(List<Scenario> scenarios) throws IOException, InterruptedException;

    /** A JavaScript file, in Node. */
    static SdkClient node(Path folder, String file) {
        return scenarios -> play(
                folder,
                scenarios,
                "node",
                "sdk/driver.mjs",
                folder.resolve(file).toString());
    }

    /** {@code matrix.ts}, compiled under the strictest checks, in Node. */
    static SdkClient typeScript(Path folder) throws IOException {
        TypeScriptCompiler.compile(folder, "matrix.ts");
        return node(folder, "out/matrix.js");
    }

    /** {@code matrix.py}. */
    static SdkClient python(Path folder) {
        return scenarios -> play(folder, scenarios, "python3", "sdk/driver.py", folder.toString());
    }

    /** {@code matrix.sh}; a process a scenario. */
    static SdkClient shell(Path folder) {
        return new ShellClient(folder);
    }

    private static List<JsonObject> play(
            Path folder, List<Scenario> scenarios, String program, String driver, String client) throws IOException {
        Path script = Programs.copy(driver, folder);
        Path file = Files.write(
                folder.resolve("scenarios.json"),
                Scenario.CODEC.write(new JsonArray(
                        List.copyOf(scenarios.stream().map(Scenario::json).toList()))));
        Programs.Run run = Programs.run(folder, Map.of(), "", program, script.toString(), client, file.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        return Scenario.lines(run.out());
    }
}
