package dev.matrix.core.api;

import dev.matrix.core.api.ApiProblem.FieldError;
import dev.matrix.core.api.Schema.Anything;
import dev.matrix.core.api.Schema.Choice;
import dev.matrix.core.api.Schema.Dictionary;
import dev.matrix.core.api.Schema.Either;
import dev.matrix.core.api.Schema.Flag;
import dev.matrix.core.api.Schema.Format;
import dev.matrix.core.api.Schema.Listing;
import dev.matrix.core.api.Schema.Maybe;
import dev.matrix.core.api.Schema.Property;
import dev.matrix.core.api.Schema.Real;
import dev.matrix.core.api.Schema.Reference;
import dev.matrix.core.api.Schema.Struct;
import dev.matrix.core.api.Schema.Text;
import dev.matrix.core.api.Schema.Union;
import dev.matrix.core.api.Schema.Whole;
import dev.matrix.core.json.InvalidJsonException;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonNull;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.json.JsonCodec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks JSON against a schema and lists what is wrong with it, at most 20 errors, in the document's order. One check is one
 * value's; not thread-safe.
 */
final class SchemaCheck {

    static final int MOST_ERRORS = 20;

    /** What all checks of one direction and version share: the named schemas, the codec, the compiled patterns. */
    record Terms(Map<String, Schema> types, JsonCodec codec, Map<String, java.util.regex.Pattern> patterns) {

        Terms(Map<String, Schema> types, JsonCodec codec) {
            this(types, codec, new ConcurrentHashMap<>());
        }
    }

    private final Terms terms;
    private final List<FieldError> errors = new ArrayList<>(0);
    private final StringBuilder pointer = new StringBuilder();
    private String in = "body";

    SchemaCheck(Terms terms) {
        this.terms = terms;
    }

    /** What was found so far. */
    List<FieldError> errors() {
        return errors;
    }

    /** Checks a parameter's value; its errors name the parameter. */
    void parameter(String place, String name, Schema schema, Json json) {
        in = place;
        pointer.append(name);
        check(json, schema);
        pointer.setLength(0);
        in = "body";
    }

    void error(String place, String name, String code, String detail) {
        if (errors.size() < MOST_ERRORS) {
            errors.add(new FieldError(place, name, code, detail));
        }
    }

    private void error(String code, String detail) {
        error(in, pointer.toString(), code, detail);
    }

    void check(Json json, Schema schema) {
        if (schema instanceof Text text) {
            text(json, text);
        } else if (schema instanceof Maybe maybe) {
            if (!(json instanceof JsonNull)) {
                check(json, maybe.of());
            }
        } else if (schema instanceof Reference reference) {
            check(json, terms.types().getOrDefault(reference.name(), ANYTHING));
        } else if (schema instanceof Anything) {
            return;
        } else if (schema instanceof Either either) {
            either(json, either);
        } else if (json instanceof JsonNull) {
            error("null", "A value is required here, not null.");
        } else if (schema instanceof Struct struct) {
            struct(json, struct);
        } else if (schema instanceof Choice choice) {
            choice(json, choice);
        } else if (schema instanceof Whole whole) {
            whole(json, whole);
        } else if (schema instanceof Real real) {
            real(json, real);
        } else if (schema instanceof Flag) {
            if (!(json instanceof JsonBoolean)) {
                error("type", "A boolean is expected here.");
            }
        } else if (schema instanceof Listing listing) {
            listing(json, listing);
        } else if (schema instanceof Dictionary dictionary) {
            dictionary(json, dictionary);
        } else if (schema instanceof Union union) {
            union(json, union);
        }
    }

    private static final Schema ANYTHING = new Anything();

    private void text(Json json, Text text) {
        if (!(json instanceof JsonString string)) {
            error(json instanceof JsonNull ? "null" : "type", "A string is expected here.");
            return;
        }
        String value = string.value();
        int length = value.length() <= text.maxLength() && value.length() >= 2 * text.minLength()
                ? value.length()
                : value.codePointCount(0, value.length());
        if (length < text.minLength() || length > text.maxLength()) {
            error("length", "The length is " + text.minLength() + " to " + text.maxLength() + " characters.");
            return;
        }
        String regex = text.pattern();
        if (regex != null && !matches(regex, value)) {
            error(
                    "pattern",
                    "The form is "
                            + (text.format() == null ? regex : text.format().keyword()) + ".");
        } else if (text.format() != null && !parses(string, text.format())) {
            error("pattern", "The value isn't a valid " + text.format().keyword() + ".");
        }
    }

    private boolean matches(String regex, String value) {
        return terms.patterns()
                .computeIfAbsent(regex, text -> java.util.regex.Pattern.compile(toEnd(text)))
                .matcher(value)
                .find();
    }

    /** In JSON Schema a dollar sign matches at the end alone (ECMA-262); Java's would pass over a final line break, too. */
    private static String toEnd(String regex) {
        StringBuilder java = new StringBuilder();
        boolean inClass = false;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\' && i + 1 < regex.length()) {
                java.append(c).append(regex.charAt(++i));
                continue;
            }
            inClass = c == '[' || (inClass && c != ']');
            java.append(c == '$' && !inClass ? "\\z" : String.valueOf(c));
        }
        return java.toString();
    }

    private boolean parses(JsonString string, Format format) {
        if (format == Format.INT64) {
            return new BigInteger(string.value()).bitLength() < Long.SIZE;
        }
        Class<?> parser = ScalarSchemas.parserOf(format);
        if (parser == null) {
            return true;
        }
        try {
            terms.codec().bind(string, parser);
            return true;
        } catch (InvalidJsonException e) {
            return false;
        }
    }

    private void choice(Json json, Choice choice) {
        if (!(json instanceof JsonString string)) {
            error("type", "A string is expected here.");
        } else if (!choice.values().contains(string.value())
                && !(choice.values().contains(string.value().toLowerCase(Locale.ROOT))
                        && string.value().equals(string.value().toUpperCase(Locale.ROOT)))) {
            error("enum", "One of these is expected here: " + String.join(", ", choice.values()) + ".");
        }
    }

    private void whole(Json json, Whole whole) {
        if (!(json instanceof JsonNumber number)) {
            error("type", "An integer is expected here.");
            return;
        }
        BigDecimal value = number.value();
        if (value.signum() != 0 && value.stripTrailingZeros().scale() > 0) {
            error("type", "An integer is expected here.");
        } else if (value.compareTo(BigDecimal.valueOf(whole.min())) < 0
                || value.compareTo(BigDecimal.valueOf(whole.max())) > 0) {
            error("range", "The range is " + whole.min() + " to " + whole.max() + ".");
        }
    }

    private void real(Json json, Real real) {
        if (!(json instanceof JsonNumber number)) {
            error("type", "A number is expected here.");
            return;
        }
        double value = number.value().doubleValue();
        if (!(value >= real.min() && value <= real.max())) {
            error("range", "The range is " + real.min() + " to " + real.max() + ".");
        }
    }

    private void listing(Json json, Listing listing) {
        if (!(json instanceof JsonArray array)) {
            error("type", "An array is expected here.");
            return;
        }
        int size = array.items().size();
        if (size < listing.minItems() || size > listing.maxItems()) {
            error("items", "The array has " + listing.minItems() + " to " + listing.maxItems() + " elements.");
        }
        if (listing.unique() && new HashSet<>(array.items()).size() < size) {
            error("items", "The elements differ from each other.");
        }
        for (int i = 0; i < Math.min(size, listing.maxItems()); i++) {
            within(Integer.toString(i), array.items().get(i), listing.items());
        }
    }

    private void dictionary(Json json, Dictionary dictionary) {
        if (!(json instanceof JsonObject object)) {
            error("type", "An object is expected here.");
            return;
        }
        int size = object.members().size();
        if (size < dictionary.minSize() || size > dictionary.maxSize()) {
            error("items", "The object has " + dictionary.minSize() + " to " + dictionary.maxSize() + " members.");
            return;
        }
        object.members().forEach((name, value) -> within(name, value, dictionary.values()));
    }

    private void union(Json json, Union union) {
        if (!(json instanceof JsonObject object)) {
            error("type", "An object is expected here.");
            return;
        }
        Json type = object.get("type");
        String name = type instanceof JsonString string ? union.cases().get(string.value()) : null;
        if (name != null) {
            check(json, new Reference(name));
        } else if (type == null) {
            missing("type");
        } else {
            within("type", type, new Choice(List.copyOf(union.cases().keySet()), false));
        }
    }

    private void either(Json json, Either either) {
        for (Schema each : either.of()) {
            SchemaCheck attempt = new SchemaCheck(terms);
            attempt.check(json, each);
            if (attempt.errors.isEmpty()) {
                return;
            }
        }
        error("type", "None of the possible forms fits.");
    }

    private void struct(Json json, Struct struct) {
        if (!(json instanceof JsonObject object)) {
            error("type", "An object is expected here.");
            return;
        }
        int known = 0;
        for (Property property : struct.properties()) {
            Json value = object.get(property.name());
            if (value != null) {
                known++;
                within(property.name(), value, property.schema());
            } else if (property.required() || (property.partner() != null && object.get(property.partner()) != null)) {
                missing(property.name());
            }
        }
        if (struct.closed() && known < object.members().size()) {
            for (String name : object.members().keySet()) {
                if (struct.properties().stream().noneMatch(p -> p.name().equals(name))) {
                    at(name, () -> error("unknown", "There is no such member."));
                }
            }
        }
    }

    private void missing(String name) {
        at(name, () -> error("required", "This member is required."));
    }

    private void within(String name, Json value, Schema schema) {
        int length = pointer.length();
        enter(name);
        check(value, schema);
        pointer.setLength(length);
    }

    private void at(String name, Runnable report) {
        int length = pointer.length();
        enter(name);
        report.run();
        pointer.setLength(length);
    }

    private void enter(String name) {
        pointer.append('/');
        if (name.indexOf('~') < 0 && name.indexOf('/') < 0) {
            pointer.append(name);
        } else {
            pointer.append(name.replace("~", "~0").replace("/", "~1"));
        }
    }
}
