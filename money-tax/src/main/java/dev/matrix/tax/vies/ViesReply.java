package dev.matrix.tax.vies;

import dev.matrix.core.json.InvalidJsonException;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.tax.spi.TaxIdAnswer;
import dev.matrix.tax.spi.TaxIdAnswer.Invalid;
import dev.matrix.tax.spi.TaxIdAnswer.Malformed;
import dev.matrix.tax.spi.TaxIdAnswer.Unavailable;
import dev.matrix.tax.spi.TaxIdAnswer.Valid;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads VIES's reply. Errors come as {@code errorWrappers}, with status 200 too, or as a {@code userError} beside
 * {@code valid: false}: neither is an answer about the id.
 */
final class ViesReply {

    private static final String MALFORMED = "INVALID_INPUT";

    /** What {@code userError} says where there is no error. */
    private static final Set<String> NO_ERROR = Set.of("", "VALID", "INVALID");

    private static final int LONGEST = 255;

    private ViesReply() {}

    static TaxIdAnswer answer(HttpReply reply, JsonCodec json) {
        JsonObject object = reply.end() == HttpReply.End.COMPLETE ? object(reply.body(), json) : null;
        String error = object == null ? null : error(object);
        if (error != null) {
            return error.equals(MALFORMED) ? new Malformed() : new Unavailable(cut(error));
        }
        if (reply.status() != 200) {
            return new Unavailable("HTTP " + reply.status());
        }
        if (object == null || !(object.get("valid") instanceof JsonBoolean valid)) {
            return new Unavailable("unreadable reply");
        }
        String number = text(object.get("requestIdentifier"));
        String consultation = number.isBlank() ? null : cut(number);
        return valid.value() ? new Valid(consultation) : new Invalid(consultation);
    }

    private static @Nullable JsonObject object(byte[] body, JsonCodec json) {
        try {
            return json.parse(body) instanceof JsonObject object ? object : null;
        } catch (InvalidJsonException e) {
            return null;
        }
    }

    private static @Nullable String error(JsonObject reply) {
        if (reply.get("errorWrappers") instanceof JsonArray errors
                && !errors.items().isEmpty()
                && errors.items().get(0) instanceof JsonObject first) {
            return text(first.get("error"));
        }
        if (reply.get("actionSucceed") instanceof JsonBoolean succeeded && !succeeded.value()) {
            return "unnamed error";
        }
        String userError = text(reply.get("userError"));
        return NO_ERROR.contains(userError) ? null : userError;
    }

    private static String text(@Nullable Json value) {
        return value instanceof JsonString string ? string.value() : "";
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST));
    }
}
