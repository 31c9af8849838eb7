package dev.matrix.webhooks.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's verifiers, which receivers copy: each tells genuine requests from all else, and falls over at none. */
@Tag("W13")
class ReceiverSnippetsTest {

    private static final String BODY = "{\"data\":{\"name\":\"Zoë 💶\"}}";

    private static final String PYTHON = """

            import json, sys
            secret, body, requests = json.load(open(sys.argv[1], encoding="utf-8"))
            for headers in requests:
                print(str(genuine(secret, headers, body.encode())).lower())
            """;

    private static final String NODE = """

            const [secret, body, requests] = JSON.parse(require("fs").readFileSync(process.argv[2], "utf-8"));
            for (const headers of requests) console.log(String(genuine(secret, headers, Buffer.from(body))));
            """;

    private final String now = Long.toString(InstantSource.system().instant().getEpochSecond());
    private final String signature =
            SharedSecret.of(Vectors.SECRET).standard((Vectors.ID + "." + now + ".").getBytes(UTF_8), bytes(BODY));
    private final Map<String, String> signed =
            Map.of("webhook-id", Vectors.ID, "webhook-timestamp", now, "webhook-signature", signature);

    private final List<Map<String, String>> genuine =
            List.of(signed, with("webhook-signature", "v1a,x v0 é " + signature + " v1,"));

    private final List<Map<String, String>> forged = List.of(
            Map.of(),
            without("webhook-id"),
            without("webhook-timestamp"),
            without("webhook-signature"),
            with("webhook-id", ""),
            with("webhook-id", "\ud800é"),
            with("webhook-timestamp", "-" + now),
            with("webhook-timestamp", now + ".5"),
            with("webhook-timestamp", "soon"),
            with("webhook-timestamp", "١٢٣"),
            with("webhook-timestamp", "9".repeat(400)),
            with("webhook-timestamp", "9".repeat(5_000)),
            with("webhook-signature", ""),
            with("webhook-signature", "v1,"),
            with("webhook-signature", "v1," + "a".repeat(43) + "é"),
            with("webhook-signature", "v1," + "a".repeat(42) + "é"),
            with("webhook-signature", "v1," + "a".repeat(43) + "\ud800"),
            with("webhook-signature", "v1," + "a".repeat(43) + "="),
            with("webhook-signature", signature.substring(3)),
            with("webhook-signature", signature + "a"));

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private Map<String, String> without(String name) {
        Map<String, String> headers = new LinkedHashMap<>(signed);
        headers.remove(name);
        return headers;
    }

    private Map<String, String> with(String name, String value) {
        Map<String, String> headers = new LinkedHashMap<>(signed);
        headers.put(name, value);
        return headers;
    }

    @Test
    void inPython(@TempDir Path folder) throws Exception {
        assertAnswers("python3", "python", PYTHON, folder);
    }

    @Test
    void inNode(@TempDir Path folder) throws Exception {
        assertAnswers("node", "js", NODE, folder);
    }

    private void assertAnswers(String program, String language, String driver, Path folder) throws Exception {
        assumeTrue(installed(program), program + " runs the README's " + language);
        Path script = Files.writeString(folder.resolve("receiver." + language), snippet(language) + driver);
        Path requests = Files.writeString(folder.resolve("requests.json"), input());
        Process process = new ProcessBuilder(program, script.toString(), requests.toString())
                .redirectErrorStream(true)
                .start();

        List<String> answers = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();

        assertThat(answers).containsExactlyElementsOf(expected());
        assertThat(process.waitFor()).isZero();
    }

    private List<String> expected() {
        return Stream.concat(
                        genuine.stream().map(one -> "true"), forged.stream().map(one -> "false"))
                .toList();
    }

    /** The README's first block in a language. */
    private static String snippet(String language) throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        String fence = "```" + language + "\n";
        int begin = readme.indexOf(fence) + fence.length();
        return readme.substring(begin, readme.indexOf("```", begin));
    }

    /** What the script's last lines read: [secret, body, [headers, …]]. */
    private String input() {
        String requests = Stream.concat(genuine.stream(), forged.stream())
                .map(ReceiverSnippetsTest::object)
                .collect(joining(","));
        return "[" + quoted(Vectors.SECRET) + "," + quoted(BODY) + ",[" + requests + "]]";
    }

    private static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> quoted(member.getKey()) + ":" + quoted(member.getValue()))
                .collect(joining(",", "{", "}"));
    }

    /** Escaped, so that lone surrogates arrive as such. */
    private static String quoted(String text) {
        return text.chars().mapToObj("\\u%04x"::formatted).collect(joining("", "\"", "\""));
    }

    private static boolean installed(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Path.of(folder, program).toFile().canExecute());
    }
}
