package dev.matrix.analytics.chart;

import dev.matrix.core.json.Json;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Short ways to make JSON trees. */
final class JsonChart {

    private static final JsonCodec CODEC = JsonCodec.of(Currencies.standard());

    static final Json NULL = new Json.JsonNull();

    private JsonChart() {}

    static Json text(String value) {
        return new Json.JsonString(value);
    }

    /** Null as JSON has it for no number. */
    static Json number(@Nullable BigDecimal value) {
        return value == null ? NULL : new Json.JsonNumber(value);
    }

    static Json number(long value) {
        return number(BigDecimal.valueOf(value));
    }

    static Json flag(boolean value) {
        return new Json.JsonBoolean(value);
    }

    static Json list(List<? extends Json> items) {
        return new Json.JsonArray(List.copyOf(items));
    }

    static Json list(Json... items) {
        return list(Arrays.asList(items));
    }

    /** An object of names and values in turn. */
    static Json object(Object... namesAndValues) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            members.put((String) namesAndValues[i], value instanceof String text ? text(text) : (Json) value);
        }
        return new Json.JsonObject(members);
    }

    static String written(Json json) {
        return new String(CODEC.encode(json), StandardCharsets.UTF_8);
    }
}
