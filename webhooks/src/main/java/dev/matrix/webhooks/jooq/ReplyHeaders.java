package dev.matrix.webhooks.jooq;

import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A reply's headers as JSON text, which has a form for every character that a column may not. */
final class ReplyHeaders {

    private static final JsonCodec JSON = JsonCodec.of(Currencies.iso());

    private ReplyHeaders() {}

    static String encode(Map<String, List<String>> headers) {
        Map<String, Json> members = new LinkedHashMap<>();
        headers.forEach((name, values) -> members.put(
                name, new JsonArray(values.stream().<Json>map(JsonString::new).toList())));
        return new String(JSON.write(new JsonObject(members)), StandardCharsets.UTF_8);
    }

    static Map<String, List<String>> decode(String text) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        if (JSON.parse(text.getBytes(StandardCharsets.UTF_8)) instanceof JsonObject object) {
            object.members().forEach((name, values) -> headers.put(name, values(values)));
        }
        return headers;
    }

    private static List<String> values(Json values) {
        return ((JsonArray) values)
                .items().stream().map(value -> ((JsonString) value).value()).toList();
    }
}
