package dev.matrix.examples.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.devtools.Scenario;
import dev.matrix.devtools.SdkClient;
import java.math.BigDecimal;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Scenarios against a live platform, each building on those before: what one keeps stands for <code>${name}</code> in the next.
 * Of the expected data every member has to be there; more may be.
 */
final class LiveScenarios {

    private static final Pattern NAME = Pattern.compile("\\$\\{([a-z-]+)}");
    private static final int PATIENCE_SECONDS = 20;

    private final SdkClient client;
    private final URI platform;
    private final String key;
    private final Receiver receiver;
    private final Map<String, Json> known = new LinkedHashMap<>();

    LiveScenarios(SdkClient client, URI platform, String key, Receiver receiver) {
        this.client = client;
        this.platform = platform;
        this.key = key;
        this.receiver = receiver;
        known.put("owner", new JsonString("u_42"));
        known.put("receiver", new JsonString(receiver.uri().toString()));
    }

    void play(Scenario template) throws Exception {
        Scenario scenario = new Scenario((JsonObject) filled(template.json()))
                .with("baseUrl", platform.toString())
                .with("apiKey", key);
        JsonObject result = client.play(List.of(scenario)).get(0);
        JsonObject error = Scenario.object(scenario.expected(), "error");
        assertThat(contains(Scenario.object(result, "error"), error)
                        && error.members().isEmpty() == (result.get("error") == null))
                .as("%s: error %s of %s", scenario.name(), error, result)
                .isTrue();
        Json data = scenario.expected().get("data");
        assertThat(data == null || contains(result.get("data"), data))
                .as("%s: data %s of %s", scenario.name(), data, result)
                .isTrue();
        assertThat(result.toString()).as(scenario.name()).doesNotContain(key);
        Scenario.object(scenario.json(), "keep")
                .members()
                .forEach((name, member) -> known.put(
                        name, requireNonNull(Scenario.object(result, "data").get(((JsonString) member).value()))));
        for (int i = 0; i < (int) Scenario.number(scenario.json(), "receives", 0); i++) {
            receive(scenario.name());
        }
    }

    private void receive(String scenario) throws InterruptedException {
        Receiver.Received received = receiver.received().poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(received).as("%s: a delivery", scenario).isNotNull();
        known.put("body", new JsonString(new String(received.body(), UTF_8)));
        for (String header : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
            known.put(header, new JsonString(requireNonNull(received.headers().getFirst(header))));
        }
        known.put(
                "now",
                new JsonNumber(new BigDecimal(requireNonNull(received.headers().getFirst("webhook-timestamp")))));
    }

    private Json filled(Json json) {
        if (json instanceof JsonObject object) {
            Map<String, Json> members = new LinkedHashMap<>();
            object.members().forEach((name, value) -> members.put(name, filled(value)));
            return new JsonObject(members);
        } else if (json instanceof JsonArray array) {
            return new JsonArray(array.items().stream().map(this::filled).toList());
        } else if (json instanceof JsonString text) {
            Matcher whole = NAME.matcher(text.value());
            return whole.matches()
                    ? value(whole.group(1))
                    : new JsonString(whole.replaceAll(
                            found -> Matcher.quoteReplacement(((JsonString) value(found.group(1))).value())));
        }
        return json;
    }

    private Json value(String name) {
        return requireNonNull(known.get(name), () -> "No scenario before kept " + name + ".");
    }

    private static boolean contains(@Nullable Json whole, Json part) {
        if (part instanceof JsonObject object) {
            return whole instanceof JsonObject found
                    && object.members().entrySet().stream()
                            .allMatch(each -> contains(found.get(each.getKey()), each.getValue()));
        } else if (part instanceof JsonArray array) {
            return whole instanceof JsonArray found
                    && found.items().size() == array.items().size()
                    && IntStream.range(0, array.items().size())
                            .allMatch(i ->
                                    contains(found.items().get(i), array.items().get(i)));
        }
        return part.equals(whole)
                || (part instanceof JsonNumber a
                        && whole instanceof JsonNumber b
                        && a.value().compareTo(b.value()) == 0);
    }
}
