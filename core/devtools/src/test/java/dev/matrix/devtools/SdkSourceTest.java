package dev.matrix.devtools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the generated sources say, and that their languages accept them. */
class SdkSourceTest {

    private static final Path GOLDEN = Path.of("src/test/resources/dev/matrix/devtools/golden");

    @TempDir
    Path folder;

    /** {@code -Dmatrix.golden.write=true} writes them anew. */
    @ParameterizedTest
    @ValueSource(strings = {"matrix.ts", "matrix.mjs", "matrix.py", "matrix.sh"})
    @Tag("D2")
    void theClientOfTheSampleApiIsTheGoldenFile(String file) throws IOException {
        String source = generated(SdkFiles.of(Fixtures.things()), file);
        Path golden = GOLDEN.resolve(file + ".txt");
        if (Boolean.getBoolean("matrix.golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, source);
        }
        assertThat(source).isEqualTo(Files.readString(golden));
    }

    @Test
    @Tag("D2")
    void theSameApiGivesTheSameBytes() {
        assertThat(SdkFiles.of(Fixtures.hostile())).isEqualTo(SdkFiles.of(Fixtures.hostile()));
    }

    @Test
    @Tag("D3")
    void methodsAreNamedByTagAndVerbAndReservedNamesGetAnUnderscore() {
        Map<String, String> files = SdkFiles.of(Fixtures.hostile());
        assertThat(generated(files, "matrix.ts"))
                .contains("constructor_(from: string, class_: string, in_: string, request?: ", " toString_(");
        assertThat(generated(files, "matrix.py"))
                .contains("def from_(self, from_: str, class_: str, in_: str, *, ", "def to_string(");
        assertThat(generated(SdkFiles.of(Fixtures.things()), "matrix.py"))
                .contains("class ThingsApi", "def replace_flag(self, id: str, on: bool, *, note: str");
    }

    @Test
    @Tag("C19")
    @Tag("C20")
    void hostileTextsAndNamesStayDataInEveryLanguage() throws IOException {
        assumeTrue(Stream.of("node", "python3", "bash").allMatch(program -> Programs.isThere(program, "--version")));
        SdkFiles.write(Fixtures.hostile(), folder);
        accepted("node", "--check", "matrix.mjs");
        accepted("node", "--check", "matrix.cjs");
        accepted("python3", "-c", "compile(open('matrix.py', encoding='utf-8').read(), 'matrix.py', 'exec')");
        accepted("bash", "-n", "matrix.sh");
        accepted(
                "node",
                "-e",
                "const { Matrix } = require('./matrix.cjs'); const m = new Matrix({ baseUrl: 'http://127.0.0.1:9' });"
                        + " if (typeof m.constructor_.toString_ !== 'function') process.exit(1)");
        accepted("python3", "-B", "-c", "import matrix; matrix.Matrix('k', 'http://127.0.0.1:9').constructor.from_");
        accepted("bash", "-c", ". ./matrix.sh; _op=(); _matrix_op constructor.toString && [[ ${_op[0]} == POST ]]");
        assertThat(folder)
                .isDirectoryNotContaining(path -> !path.getFileName().toString().startsWith("matrix."));
    }

    @Test
    @Tag("C22")
    void theKeyAndTheSecretAreInNoArgumentOfAProgram() throws IOException {
        assumeTrue(Programs.isThere("bash", "--version"));
        SdkFiles.write(Fixtures.things(), folder);
        String spy =
                "curl() { printf '%s\\n' \"$*\" >>arguments; cat <&3 >>config; printf 500; }; openssl() { printf '%s\\n' \"$*\" >>arguments; }; . ./matrix.sh; ";
        Map<String, String> environment = Map.of(
                "MATRIX_API_KEY",
                "key_secret_1",
                "MATRIX_BASE_URL",
                "http://127.0.0.1:9",
                "MATRIX_RETRIES",
                "0",
                "MATRIX_WEBHOOK_SECRET",
                "whsec_c2VjcmV0c2VjcmV0c2VjcmV0");
        String config = spy.replace("cat <&3", "cat /dev/fd/3");
        Programs.run(folder, environment, "", "bash", "-c", config + "matrix things.get th_1");
        Programs.run(folder, environment, "{}", "bash", "-c", config + "matrix verify-webhook msg_1 $(date +%s) v1,xx");
        String arguments = Files.readString(folder.resolve("arguments"));
        assertThat(arguments)
                .contains("/v1/things/th_1", "base64")
                .doesNotContain("key_secret_1", "c2VjcmV0", "73656372");
        assertThat(Files.readString(folder.resolve("config"))).contains("Bearer key_secret_1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"things", "hostile"})
    @Tag("sdk-types")
    @Tag("C20")
    void typeScriptsCompilerHasNothingToSay(String api) throws IOException {
        SdkFiles.write(api.equals("things") ? Fixtures.things() : Fixtures.hostile(), folder);
        TypeScriptCompiler.compile(folder, "matrix.ts");
        TypeScriptCompiler.compile(folder, "matrix.mjs", "--allowJs", "--checkJs");
        if (api.equals("things")) {
            Programs.copy("sdk/usage.ts", folder);
            TypeScriptCompiler.compile(folder, "usage.ts", "--noEmit");
        }
    }

    private static String generated(Map<String, String> files, String name) {
        return files.getOrDefault(name, "");
    }

    private void accepted(String... command) throws IOException {
        Programs.Run run = Programs.run(folder, Map.of(), "", command);
        assertThat(run.err() + run.out()).as(String.join(" ", command)).isEmpty();
        assertThat(run.exit()).isZero();
    }
}
