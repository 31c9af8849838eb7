package dev.matrix.devtools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.devtools.FaultyServer.Seen;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Runs the scenario file (D7) on one client and compares what the server saw and what the caller got. */
final class SdkScenarios {

    private static final String KEY = "key_secret_1";

    private SdkScenarios() {}

    static Stream<DynamicTest> on(String language, SdkClient client) throws IOException, InterruptedException {
        List<Scenario> scenarios;
        try (InputStream file = requireNonNull(SdkScenarios.class.getResourceAsStream("sdk/scenarios.json"))) {
            scenarios = Scenario.of(file).stream()
                    .filter(each -> each.appliesTo(language))
                    .toList();
        }
        try (FaultyServer server = new FaultyServer(scenarios)) {
            List<Scenario> placed = new ArrayList<>();
            for (int i = 0; i < scenarios.size(); i++) {
                placed.add(scenarios.get(i).with("baseUrl", server.baseUrl(i)).with("apiKey", KEY));
            }
            List<JsonObject> results = client.play(placed);
            assertThat(results).as("a result a scenario").hasSameSizeAs(scenarios);
            List<DynamicTest> tests = new ArrayList<>();
            for (int i = 0; i < scenarios.size(); i++) {
                Scenario scenario = scenarios.get(i);
                JsonObject result = results.get(i);
                List<Seen> seen = server.seen(i);
                tests.add(DynamicTest.dynamicTest(scenario.name(), () -> check(scenario.expected(), result, seen)));
            }
            return tests.stream();
        }
    }

    private static void check(JsonObject expected, JsonObject result, List<Seen> seen) {
        JsonObject error = Scenario.object(expected, "error");
        if (error.members().isEmpty()) {
            assertThat(result.get("error")).as("error").isNull();
            assertThat(Scenario.plain(result.get("data"))).isEqualTo(Scenario.plain(expected.get("data")));
        } else {
            JsonObject got = Scenario.object(result, "error");
            error.members()
                    .forEach((name, value) -> assertThat(Scenario.plain(got.get(name)))
                            .as("error's " + name + " of " + result)
                            .isEqualTo(Scenario.plain(value)));
        }
        if (expected.get("count") instanceof JsonNumber count) {
            assertThat(seen).as("requests").hasSize(count.value().intValue());
        }
        List<Json> requests = Scenario.list(expected, "requests");
        if (!requests.isEmpty()) {
            assertThat(seen).as("requests").hasSameSizeAs(requests);
        }
        for (int i = 0; i < requests.size(); i++) {
            checkRequest((JsonObject) requests.get(i), seen.get(i));
        }
        if (expected.get("oneKey") != null) {
            Set<String> keys = new HashSet<>();
            seen.forEach(each -> keys.add(header(each, "idempotency-key")));
            assertThat(keys).as("idempotency keys").hasSize(1).doesNotContain("");
        }
        if (expected.get("waits") instanceof JsonArray waits) {
            List<Json> waited = Scenario.list(result, "waits");
            assertThat(waited).as("waits").hasSameSizeAs(waits.items());
            for (int i = 0; i < waited.size(); i++) {
                assertThat(seconds(waited.get(i)))
                        .isCloseTo(seconds(waits.items().get(i)), within(0.002));
            }
        }
        assertThat(String.valueOf(result)).as("text forms").doesNotContain(KEY);
    }

    private static double seconds(Json json) {
        return ((JsonNumber) json).value().doubleValue();
    }

    private static void checkRequest(JsonObject expected, Seen seen) {
        assertThat(seen.method()).isEqualTo(Scenario.string(expected, "method", ""));
        if (expected.get("path") instanceof JsonString path) {
            assertThat(seen.rawPath()).isEqualTo(path.value());
        }
        if (expected.get("decodedPath") instanceof JsonString path) {
            assertThat(URLDecoder.decode(seen.rawPath().replace("+", "%2B"), UTF_8))
                    .isEqualTo(path.value());
        }
        if (expected.get("query") instanceof JsonArray query) {
            // Python sends them in the order of the method's arguments.
            assertThat(pairs(seen.rawQuery())).containsExactlyInAnyOrderElementsOf(expectedPairs(query));
        }
        Scenario.object(expected, "headers")
                .members()
                .forEach(
                        (name, value) -> assertThat(header(seen, name)).as(name).isEqualTo(Scenario.plain(value)));
        Scenario.list(expected, "absent")
                .forEach(name -> assertThat(header(seen, ((JsonString) name).value()))
                        .as(name.toString())
                        .isEmpty());
        if (expected.get("body") != null) {
            assertThat(Scenario.plain(Scenario.CODEC.parse(seen.body())))
                    .isEqualTo(Scenario.plain(expected.get("body")));
        }
    }

    private static List<List<String>> expectedPairs(JsonArray query) {
        return query.items().stream()
                .map(pair -> ((JsonArray) pair)
                        .items().stream()
                                .map(each -> ((JsonString) each).value())
                                .toList())
                .toList();
    }

    private static List<List<String>> pairs(String query) {
        List<List<String>> pairs = new ArrayList<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            pairs.add(List.of(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8)));
        }
        return pairs;
    }

    private static String header(Seen seen, String name) {
        Map<String, List<String>> lower = new LinkedHashMap<>();
        seen.headers().forEach((key, values) -> lower.put(key.toLowerCase(Locale.ROOT), values));
        List<String> values = lower.getOrDefault(name, List.of());
        return String.join(", ", values);
    }
}
