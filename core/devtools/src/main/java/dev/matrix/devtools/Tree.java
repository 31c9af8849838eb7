package dev.matrix.devtools;

import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object under construction, its members in the order in which they are put. Not thread-safe. */
final class Tree {

    private final Map<String, Json> members = new LinkedHashMap<>();

    /** Puts a member; null puts none. */
    Tree put(String name, @Nullable Json value) {
        if (value != null) {
            members.put(name, value);
        }
        return this;
    }

    Tree put(String name, String value) {
        return put(name, new JsonString(value));
    }

    Tree put(String name, long value) {
        return put(name, new JsonNumber(BigDecimal.valueOf(value)));
    }

    Tree put(String name, boolean value) {
        return put(name, new JsonBoolean(value));
    }

    Tree put(String name, Tree value) {
        return put(name, value.json());
    }

    Tree put(String name, List<String> values) {
        return put(name, texts(values));
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    JsonObject json() {
        return new JsonObject(members);
    }

    static JsonArray texts(List<String> values) {
        return new JsonArray(values.stream().<Json>map(JsonString::new).toList());
    }

    static JsonObject reference(String to) {
        return new Tree().put("$ref", to).json();
    }
}
