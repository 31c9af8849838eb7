package dev.matrix.sla;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.json.JsonCodec;

/** Values as stored JSON. */
record Text(JsonCodec json) {

    String of(Object value) {
        return new String(json.encode(value), UTF_8);
    }

    byte[] bytes(Object value) {
        return json.encode(value);
    }

    <T> T read(String stored, Class<T> type) {
        return json.decode(stored.getBytes(UTF_8), type);
    }

    <T> T read(byte[] stored, Class<T> type) {
        return json.decode(stored, type);
    }
}
