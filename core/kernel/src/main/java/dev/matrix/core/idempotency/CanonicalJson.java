package dev.matrix.core.idempotency;

import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonNull;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

/**
 * SHA-256 of a JSON value: of members in ascending order and of numbers' exact values, so that how it was written down
 * doesn't count. Each part goes in behind its kind and length, so no two values give the same bytes.
 */
final class CanonicalJson {

    private final MessageDigest digest;

    private CanonicalJson(MessageDigest digest) {
        this.digest = digest;
    }

    static byte[] sha256(Json json) {
        try {
            CanonicalJson canonical = new CanonicalJson(MessageDigest.getInstance("SHA-256"));
            canonical.add(json);
            return canonical.digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private void add(Json json) {
        if (json instanceof JsonObject object) {
            head('{', object.members().size());
            for (Map.Entry<String, Json> member : new TreeMap<>(object.members()).entrySet()) {
                text('"', member.getKey());
                add(member.getValue());
            }
        } else if (json instanceof JsonArray array) {
            head('[', array.items().size());
            array.items().forEach(this::add);
        } else if (json instanceof JsonString string) {
            text('"', string.value());
        } else if (json instanceof JsonNumber number) {
            text('0', exact(number.value()));
        } else if (json instanceof JsonBoolean bool) {
            head(bool.value() ? 't' : 'f', 0);
        } else if (json instanceof JsonNull) {
            head('n', 0);
        }
    }

    /** {@code 1}, {@code 1.0} and {@code 1e0} are one number. */
    private static String exact(BigDecimal value) {
        BigDecimal shortest = value.stripTrailingZeros();
        return shortest.unscaledValue() + "e" + -shortest.scale();
    }

    private void text(char kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        head(kind, bytes.length);
        digest.update(bytes);
    }

    private void head(char kind, int length) {
        digest.update(ByteBuffer.allocate(Character.BYTES + Integer.BYTES)
                .putChar(kind)
                .putInt(length)
                .array());
    }
}
