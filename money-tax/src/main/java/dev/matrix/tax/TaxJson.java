package dev.matrix.tax;

import dev.matrix.core.json.JsonCodec;
import java.nio.charset.StandardCharsets;

/** Tax values as the text that stores keep. */
record TaxJson(JsonCodec codec) {

    String write(Object value) {
        return new String(codec.encode(value), StandardCharsets.UTF_8);
    }

    <T> T read(String json, Class<T> type) {
        return codec.decode(json.getBytes(StandardCharsets.UTF_8), type);
    }
}
