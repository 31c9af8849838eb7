package dev.matrix.core.json;

import dev.matrix.core.InvalidRequestException;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON value as an immutable tree (RFC 8259). Read and written by {@link JsonCodec}. */
public sealed interface Json {

    /** An object; its members keep their order, which equality ignores. */
    record JsonObject(Map<String, Json> members) implements Json {

        public JsonObject {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** The member of that name; null if there is none, {@link JsonNull} if it is there as {@code null}. */
        public @Nullable Json get(String name) {
            return members.get(name);
        }
    }

    /** An array. */
    record JsonArray(List<Json> items) implements Json {

        public JsonArray {
            items = List.copyOf(items);
        }
    }

    /** A string. */
    record JsonString(String value) implements Json {}

    /**
     * A number, exact: {@code 1.10} keeps its scale. Its text has at most 128 characters and it lies within 10^±1000, so that no
     * arithmetic on received numbers can exhaust memory.
     */
    record JsonNumber(BigDecimal value) implements Json {

        static final int LONGEST = 128;
        static final int FARTHEST = 1_000;

        /** @throws InvalidRequestException beyond these bounds */
        public JsonNumber {
            if (Math.abs((long) value.scale()) > FARTHEST || value.toString().length() > LONGEST) {
                throw new InvalidRequestException(
                        "A JSON number has at most " + LONGEST + " characters and lies within 10^±" + FARTHEST + ".");
            }
        }
    }

    /** {@code true} or {@code false}. */
    record JsonBoolean(boolean value) implements Json {}

    /** {@code null}. */
    record JsonNull() implements Json {}

    /** Merges a patch into a tree (RFC 7396, section 2); the target is null where there is nothing yet. */
    static Json merge(@Nullable Json target, Json patch) {
        if (!(patch instanceof JsonObject changes)) {
            return patch;
        }
        Map<String, Json> merged =
                target instanceof JsonObject object ? new LinkedHashMap<>(object.members()) : new LinkedHashMap<>();
        changes.members().forEach((name, change) -> {
            if (change instanceof JsonNull) {
                merged.remove(name);
            } else {
                merged.put(name, merge(merged.get(name), change));
            }
        });
        return new JsonObject(merged);
    }
}
