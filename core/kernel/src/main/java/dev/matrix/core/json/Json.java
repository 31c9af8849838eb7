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
     * A number, exact: {@code 1.10} keeps its scale. At most 128 digits, and within 10^±1000, so that no arithmetic on
     * received numbers can exhaust memory.
     */
    record JsonNumber(BigDecimal value) implements Json {

        static final int MOST_DIGITS = 128;
        private static final int FARTHEST_SCALE = 1_000;

        /** @throws InvalidRequestException beyond these bounds */
        public JsonNumber {
            if (value.precision() > MOST_DIGITS || Math.abs((long) value.scale()) > FARTHEST_SCALE) {
                throw new InvalidRequestException("A JSON number has at most " + MOST_DIGITS
                        + " digits and lies within 10^±" + FARTHEST_SCALE + ".");
            }
        }
    }

    /** {@code true} or {@code false}. */
    record JsonBoolean(boolean value) implements Json {}

    /** {@code null}. */
    record JsonNull() implements Json {}
}
