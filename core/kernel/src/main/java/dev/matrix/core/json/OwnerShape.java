package dev.matrix.core.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Member.OwnerPair;
import java.io.IOException;
import java.util.Objects;

/** An owner that is no record's component, in a list or by itself: an object of type and id. */
record OwnerShape(OwnerPair pair) implements Shape<Object> {

    @Override
    public void write(Object value, JsonGenerator out) throws IOException {
        out.writeStartObject();
        pair.write(value, out);
        out.writeEndObject();
    }

    @Override
    public Object read(Json json, Place at) {
        if (!(json instanceof JsonObject object)) {
            throw at.expected("an object of type and id");
        }
        return Objects.requireNonNull(pair.read(object, at), "a required pair is never null");
    }
}
