package dev.matrix.core.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/** A sealed interface of records: the record's object, preceded by {@code type}, its simple name in lower snake case. */
record SealedShape(Map<Class<?>, Case> cases) implements Shape<Object> {

    static final String TYPE = "type";

    /** One of the records. */
    record Case(String name, RecordShape shape) {}

    @Override
    public void write(Object value, JsonGenerator out) throws IOException {
        Case found = cases.get(value.getClass());
        if (found == null) {
            throw new IllegalArgumentException(value.getClass().getName() + " is none of " + cases.keySet() + ".");
        }
        out.writeStartObject();
        out.writeStringField(TYPE, found.name());
        found.shape().writeMembers(value, out);
        out.writeEndObject();
    }

    @Override
    public Object read(Json json, Place at) {
        if (!(json instanceof JsonObject object)) {
            throw at.expected("an object");
        }
        if (object.get(TYPE) instanceof JsonString type) {
            for (Case each : cases.values()) {
                if (each.name().equals(type.value())) {
                    return each.shape().read(json, at);
                }
            }
        }
        at.enter(TYPE);
        throw at.expected(
                cases.values().stream().map(Case::name).sorted().collect(Collectors.joining(", ", "one of ", "")));
    }
}
