package dev.matrix.core.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonNull;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import java.io.IOException;
import java.util.Map;

/** Writes trees. */
final class JsonTree {

    private JsonTree() {}

    static void write(Json json, JsonGenerator out) throws IOException {
        if (json instanceof JsonObject object) {
            out.writeStartObject();
            for (Map.Entry<String, Json> member : object.members().entrySet()) {
                JsonText.writeName(member.getKey(), out);
                write(member.getValue(), out);
            }
            out.writeEndObject();
        } else if (json instanceof JsonArray array) {
            out.writeStartArray();
            for (Json item : array.items()) {
                write(item, out);
            }
            out.writeEndArray();
        } else if (json instanceof JsonString string) {
            JsonText.write(string.value(), out);
        } else if (json instanceof JsonNumber number) {
            out.writeNumber(number.value());
        } else if (json instanceof JsonBoolean bool) {
            out.writeBoolean(bool.value());
        } else if (json instanceof JsonNull) {
            out.writeNull();
        }
    }
}
