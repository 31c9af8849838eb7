package dev.matrix.devtools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The npm package typescript, in a folder that the profile fills once. */
public final class TypeScriptCompiler {

    private static final List<String> STRICT = List.of(
            "--strict",
            "--exactOptionalPropertyTypes",
            "--noUncheckedIndexedAccess",
            "--target",
            "es2022",
            "--module",
            "nodenext",
            "--lib",
            "es2022,dom",
            "--skipLibCheck");

    private TypeScriptCompiler() {}

    /** Compiles into the folder {@code out}; any message is a failure (C20). */
    public static void compile(Path folder, String file, String... more) throws IOException {
        Path tools = NodeTools.with("typescript@5.9.3");
        Files.writeString(folder.resolve("package.json"), "{\"type\":\"module\"}");
        List<String> command = new ArrayList<>(
                List.of("node", tools.resolve("node_modules/typescript/bin/tsc").toString()));
        command.addAll(STRICT);
        command.addAll(List.of("--outDir", "out"));
        command.addAll(List.of(more));
        command.add(file);
        Programs.Run run = Programs.run(folder, Map.of(), "", command.toArray(new String[0]));
        assertThat(run.out() + run.err()).isEmpty();
        assertThat(run.exit()).isZero();
    }
}
