package dev.matrix.devtools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One scenario of the language-neutral file: a server's script, a call, what the server is to see and the caller to get. */
public record Scenario(JsonObject json) {

    public static final JsonCodec CODEC = JsonCodec.of(Currencies.standard());

    /** Those of a file. */
    public static List<Scenario> of(InputStream file) throws IOException {
        JsonArray array = (JsonArray) CODEC.parse(file.readAllBytes());
        return array.items().stream()
                .map(each -> new Scenario((JsonObject) each))
                .toList();
    }

    public String name() {
        return string(json, "name", "");
    }

    public boolean appliesTo(String language) {
        return list(json, "not").stream().noneMatch(each -> each.equals(new JsonString(language)));
    }

    List<Json> script() {
        return list(json, "script");
    }

    public JsonObject expected() {
        return (JsonObject) requireNonNull(json.get("expect"));
    }

    /** This one with a member more. */
    public Scenario with(String name, String value) {
        Map<String, Json> members = new LinkedHashMap<>(json.members());
        members.put(name, new JsonString(value));
        return new Scenario(new JsonObject(members));
    }

    public static String string(JsonObject object, String name, String otherwise) {
        return object.get(name) instanceof JsonString string ? string.value() : otherwise;
    }

    public static double number(JsonObject object, String name, double otherwise) {
        return object.get(name) instanceof JsonNumber number ? number.value().doubleValue() : otherwise;
    }

    public static List<Json> list(JsonObject object, String name) {
        return object.get(name) instanceof JsonArray array ? array.items() : List.of();
    }

    public static JsonObject object(JsonObject object, String name) {
        return object.get(name) instanceof JsonObject inner ? inner : new JsonObject(Map.of());
    }

    /** As plain Java values, so that comparisons don't see scales of numbers. */
    public static @Nullable Object plain(@Nullable Json json) {
        if (json instanceof JsonObject object) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            object.members().forEach((name, value) -> map.put(name, plain(value)));
            return map;
        } else if (json instanceof JsonArray array) {
            List<@Nullable Object> list = new ArrayList<>();
            array.items().forEach(each -> list.add(plain(each)));
            return list;
        } else if (json instanceof JsonNumber number) {
            BigDecimal value = number.value().stripTrailingZeros();
            return value.scale() < 0 ? value.setScale(0) : value;
        } else if (json instanceof JsonString string) {
            return string.value();
        }
        return json instanceof JsonBoolean flag ? (Object) flag.value() : null;
    }

    /** Results as a driver prints them, a line each. */
    static List<JsonObject> lines(String output) {
        return output.lines()
                .map(line -> (JsonObject) CODEC.parse(line.getBytes(UTF_8)))
                .toList();
    }
}
