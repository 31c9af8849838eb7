package dev.matrix.core.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.matrix.core.json.Json.JsonString;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A constant in lower snake case; reading takes Java's name too. */
final class EnumShape implements Shape<Object> {

    private final Map<Object, SerializedString> names = new LinkedHashMap<>();
    private final Map<String, Object> constants = new HashMap<>();
    private final String expected;

    EnumShape(Class<?> type) {
        for (Object each : type.getEnumConstants()) {
            String javaName = ((Enum<?>) each).name();
            String name = javaName.toLowerCase(Locale.ROOT);
            names.put(each, new SerializedString(name));
            constants.put(javaName, each);
            constants.put(name, each);
        }
        expected = names.values().stream()
                .map(SerializedString::getValue)
                .collect(Collectors.joining(", ", "one of ", ""));
    }

    @Override
    public void write(Object value, JsonGenerator out) throws IOException {
        out.writeString(requireNonNull(names.get(value), "every constant has a name"));
    }

    @Override
    public Object read(Json json, Place at) {
        Object constant = json instanceof JsonString string ? constants.get(string.value()) : null;
        if (constant == null) {
            throw at.expected(expected);
        }
        return constant;
    }
}
