package dev.matrix.examples.platform;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.matrix.devtools.OpenApiLint;
import dev.matrix.devtools.Programs;
import dev.matrix.devtools.Scenario;
import dev.matrix.devtools.SdkClient;
import dev.matrix.devtools.TypeScriptCompiler;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of a webhook by every client, as the platform hands it out, against the platform as a process: one scenario file
 * for all languages, {@code clients.json}.
 */
@Tag("D7")
class ClientsTest {

    private static final String KEY = "sixteen-visible-characters";

    @TempDir
    private Path folder;

    private PlatformProcess platform;
    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = Receiver.start();
        platform = PlatformProcess.start(
                        folder, Map.of("MATRIX_BOOTSTRAP_KEY", KEY, "MATRIX_ALLOW_PRIVATE_TARGETS", "true"))
                .serving();
    }

    @AfterEach
    void end() {
        platform.close();
        receiver.close();
    }

    @Test
    void javaScript() throws Exception {
        assumeTrue(Programs.isThere("node", "--version"));
        play("mjs", SdkClient.node(downloaded("javascript", "matrix.mjs"), "matrix.mjs"));
    }

    @Test
    @Tag("C24")
    void python() throws Exception {
        assumeTrue(Programs.isThere("python3", "--version"));
        play("py", SdkClient.python(downloaded("python", "matrix.py")));
    }

    @Test
    @Tag("sdk")
    void shell() throws Exception {
        play("sh", SdkClient.shell(downloaded("curl", "matrix.sh")));
    }

    @Test
    @Tag("sdk-types")
    @Tag("C20")
    void typeScript() throws Exception {
        play("ts", SdkClient.typeScript(downloaded("typescript", "matrix.ts")));
    }

    @Test
    @Tag("sdk-types")
    @Tag("C20")
    void theTypesInJavaScriptsCommentsAreRight() throws Exception {
        TypeScriptCompiler.compile(downloaded("javascript", "matrix.mjs"), "matrix.mjs", "--allowJs", "--checkJs");
    }

    @Test
    @Tag("api-lint")
    @Tag("C18")
    void theDocumentIsOneThatLintersHaveNothingToSayOf() throws Exception {
        HttpResponse<String> document = Caller.of(platform.uri(), KEY).get("/v1/openapi.json");
        OpenApiLint.hasNothingToSay(Files.writeString(folder.resolve("openapi.json"), document.body()));
    }

    private Path downloaded(String language, String file) throws Exception {
        Path client = Files.createDirectory(folder.resolve("client"));
        Files.writeString(
                client.resolve(file),
                Caller.of(platform.uri(), KEY).get("/v1/sdks/" + language).body());
        return client;
    }

    private void play(String language, SdkClient client) throws Exception {
        LiveScenarios live = new LiveScenarios(client, platform.uri(), KEY, receiver);
        try (InputStream file = requireNonNull(ClientsTest.class.getResourceAsStream("clients.json"))) {
            for (Scenario scenario : Scenario.of(file)) {
                if (scenario.appliesTo(language)) {
                    live.play(scenario);
                }
            }
        }
    }
}
