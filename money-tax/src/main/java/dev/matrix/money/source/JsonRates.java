package dev.matrix.money.source;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What sources in JSON have in common; numbers become decimals as they are written, without a binary fraction between. */
final class JsonRates {

    private static final JsonCodec CODEC = JsonCodec.of(Currencies.iso());

    private JsonRates() {}

    static JsonObject object(byte[] body) {
        return object(CODEC.parse(body), "the answer");
    }

    static JsonObject object(@Nullable Json json, String what) {
        if (json instanceof JsonObject object) {
            return object;
        }
        throw new InvalidRequestException("Expected an object as " + what + ".");
    }

    static String text(@Nullable Json json, String what) {
        if (json instanceof JsonString string) {
            return string.value();
        }
        throw new InvalidRequestException("Expected a string as " + what + ".");
    }

    static BigDecimal number(@Nullable Json json, String what) {
        if (json instanceof JsonNumber number) {
            return number.value();
        }
        throw new InvalidRequestException("Expected a number as " + what + ".");
    }

    /** An instant in whole Unix seconds. */
    static Instant seconds(@Nullable Json json, String what) {
        BigDecimal seconds = number(json, what);
        boolean whole = seconds.stripTrailingZeros().scale() <= 0;
        if (!whole || seconds.signum() < 0 || seconds.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
            throw new InvalidRequestException("Expected whole Unix seconds as " + what + ".");
        }
        return Instant.ofEpochSecond(seconds.longValue());
    }
}
