package dev.matrix.core.api;

import dev.matrix.core.api.Schema.Choice;
import dev.matrix.core.api.Schema.Flag;
import dev.matrix.core.api.Schema.Maybe;
import dev.matrix.core.api.Schema.Real;
import dev.matrix.core.api.Schema.Text;
import dev.matrix.core.api.Schema.Whole;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.wire.Default;
import java.math.BigDecimal;

/** Text as JSON of a scalar's kind: the values of parameters and of {@link Default}. */
final class Presets {

    private static final java.util.regex.Pattern NUMBER =
            java.util.regex.Pattern.compile("-?(0|[1-9][0-9]{0,18})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?");

    private Presets() {}

    /** The JSON that a text stands for under a schema; a string where it stands for nothing else. */
    static Json read(String text, Schema schema) {
        Schema plain = schema instanceof Maybe maybe ? maybe.of() : schema;
        if ((plain instanceof Whole || plain instanceof Real)
                && NUMBER.matcher(text).matches()) {
            return new JsonNumber(new BigDecimal(text));
        }
        if (plain instanceof Flag && (text.equals("true") || text.equals("false"))) {
            return new JsonBoolean(text.equals("true"));
        }
        return new JsonString(text);
    }

    static Json parse(String text, Schema schema, String where, Faults faults) {
        Json json = read(text, schema);
        boolean fits = schema instanceof Flag
                ? json instanceof JsonBoolean
                : (schema instanceof Whole || schema instanceof Real)
                        ? json instanceof JsonNumber
                        : (schema instanceof Text || schema instanceof Choice);
        if (!fits) {
            faults.add(where, "its @Default isn't a value of its type");
        }
        return json;
    }
}
