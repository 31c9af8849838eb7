package dev.matrix.refunds.spi;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as a provider sent it, read by the path of a member's names. What is missing, {@code null} or of another kind
 * than asked for is null: a provider's answer never makes reading it fail. Immutable.
 */
public record JsonFields(JsonObject object) {

    private static final JsonFields EMPTY = new JsonFields(new JsonObject(Map.of()));

    public JsonFields {
        requireNonNull(object, "object");
    }

    /** An object without members. */
    public static JsonFields empty() {
        return EMPTY;
    }

    /** A string. */
    public @Nullable String text(String... path) {
        return at(path) instanceof JsonString string ? string.value() : null;
    }

    /** A number, exact. */
    public @Nullable BigDecimal number(String... path) {
        return at(path) instanceof JsonNumber number ? number.value() : null;
    }

    /** Whether the member is {@code true}. */
    public boolean isTrue(String... path) {
        return at(path) instanceof JsonBoolean bool && bool.value();
    }

    /** Whether there is such a member, and it isn't {@code null}. */
    public boolean has(String... path) {
        Json json = at(path);
        return json != null && !(json instanceof Json.JsonNull);
    }

    /** An object; null where there is none. */
    public @Nullable JsonFields fields(String... path) {
        return at(path) instanceof JsonObject found ? new JsonFields(found) : null;
    }

    /** The objects in an array; none where there is no array. */
    public List<JsonFields> list(String... path) {
        return at(path) instanceof JsonArray array
                ? array.items().stream()
                        .filter(JsonObject.class::isInstance)
                        .map(item -> new JsonFields((JsonObject) item))
                        .toList()
                : List.of();
    }

    /** The strings in an array; none where there is no array. */
    public List<String> texts(String... path) {
        return at(path) instanceof JsonArray array
                ? array.items().stream()
                        .filter(JsonString.class::isInstance)
                        .map(item -> ((JsonString) item).value())
                        .toList()
                : List.of();
    }

    private @Nullable Json at(String... path) {
        Json json = object;
        for (String name : path) {
            json = json instanceof JsonObject parent ? parent.get(name) : null;
        }
        return json;
    }

    /** Names alone: values may be personal or secret. */
    @Override
    public String toString() {
        return "JsonFields" + object.members().keySet();
    }
}
