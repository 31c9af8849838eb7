package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

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
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes schemas as JSON Schema 2020-12, the dialect of OpenAPI 3.1. */
public final class JsonSchema {

    private final String prefix;

    private JsonSchema(String prefix) {
        this.prefix = prefix;
    }

    /**
     * One schema.
     *
     * @param prefix what precedes a name in {@code $ref}, such as {@code #/components/schemas/}
     */
    public static JsonObject of(Schema schema, String prefix) {
        return new JsonObject(new JsonSchema(requireNonNull(prefix, "prefix")).members(schema));
    }

    /** A schema that stands alone: with those of {@code types} that it refers to under {@code $defs}. */
    public static JsonObject document(Schema schema, Map<String, Schema> types) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("$schema", text("https://json-schema.org/draft/2020-12/schema"));
        members.putAll(new JsonSchema("#/$defs/").members(schema));
        Set<String> reached = new TreeSet<>();
        SchemaNames.reach(schema, types, reached);
        Map<String, Json> definitions = new LinkedHashMap<>();
        reached.forEach(name -> definitions.put(name, of(types.getOrDefault(name, new Anything()), "#/$defs/")));
        if (!definitions.isEmpty()) {
            members.put("$defs", new JsonObject(definitions));
        }
        return new JsonObject(members);
    }

    private Map<String, Json> members(Schema schema) {
        Map<String, Json> out = new LinkedHashMap<>();
        if (schema instanceof Text text) {
            text(text, out);
        } else if (schema instanceof Choice choice) {
            choice(choice, out);
        } else if (schema instanceof Whole whole) {
            out.put("type", text("integer"));
            out.put("minimum", number(whole.min()));
            out.put("maximum", number(whole.max()));
        } else if (schema instanceof Real real) {
            out.put("type", text("number"));
            out.put("minimum", new JsonNumber(BigDecimal.valueOf(real.min())));
            out.put("maximum", new JsonNumber(BigDecimal.valueOf(real.max())));
        } else if (schema instanceof Flag) {
            out.put("type", text("boolean"));
        } else if (schema instanceof Listing listing) {
            out.put("type", text("array"));
            out.put("items", of(listing.items(), prefix));
            out.put("minItems", number(listing.minItems()));
            out.put("maxItems", number(listing.maxItems()));
            if (listing.unique()) {
                out.put("uniqueItems", new JsonBoolean(true));
            }
        } else if (schema instanceof Dictionary dictionary) {
            out.put("type", text("object"));
            out.put("additionalProperties", of(dictionary.values(), prefix));
            out.put("minProperties", number(dictionary.minSize()));
            out.put("maxProperties", number(dictionary.maxSize()));
        } else if (schema instanceof Struct struct) {
            struct(struct, out);
        } else if (schema instanceof Reference reference) {
            out.put("$ref", text(prefix + reference.name()));
        } else if (schema instanceof Maybe maybe) {
            maybe(maybe, out);
        } else if (schema instanceof Union union) {
            union(union, out);
        } else if (schema instanceof Either either) {
            out.put(
                    "anyOf",
                    new JsonArray(either.of().stream()
                            .<Json>map(each -> of(each, prefix))
                            .toList()));
        }
        return out;
    }

    private static void text(Text text, Map<String, Json> out) {
        out.put("type", text("string"));
        if (text.format() == Format.BASE64) {
            out.put("contentEncoding", text("base64"));
        } else if (text.format() != null) {
            out.put("format", text(text.format().keyword()));
        }
        if (text.minLength() > 0) {
            out.put("minLength", number(text.minLength()));
        }
        out.put("maxLength", number(text.maxLength()));
        if (text.pattern() != null) {
            out.put("pattern", text(text.pattern()));
        }
    }

    /** Open ones name their values without excluding others, so that a new value breaks no client. */
    private static void choice(Choice choice, Map<String, Json> out) {
        JsonArray values = new JsonArray(
                choice.values().stream().<Json>map(JsonString::new).toList());
        out.put("type", text("string"));
        if (choice.open()) {
            out.put("maxLength", number(256));
            out.put("examples", values);
            out.put("x-extensible-enum", values);
        } else {
            out.put("enum", values);
        }
    }

    private void struct(Struct struct, Map<String, Json> out) {
        out.put("type", text("object"));
        if (struct.description() != null) {
            out.put("description", text(struct.description()));
        }
        Map<String, Json> properties = new LinkedHashMap<>();
        for (Property property : struct.properties()) {
            Map<String, Json> members = members(property.schema());
            if (property.description() != null) {
                members.put("description", text(property.description()));
            }
            if (property.absent() != null) {
                members.put("default", property.absent());
            }
            properties.put(property.name(), new JsonObject(members));
        }
        if (!properties.isEmpty()) {
            out.put("properties", new JsonObject(properties));
        }
        List<Json> required = struct.properties().stream()
                .filter(Property::required)
                .<Json>map(property -> text(property.name()))
                .toList();
        if (!required.isEmpty()) {
            out.put("required", new JsonArray(required));
        }
        Map<String, Json> partners = new LinkedHashMap<>();
        for (Property property : struct.properties()) {
            if (property.partner() != null) {
                partners.put(property.name(), new JsonArray(List.of(text(property.partner()))));
            }
        }
        if (!partners.isEmpty()) {
            out.put("dependentRequired", new JsonObject(partners));
        }
        if (struct.closed()) {
            out.put("additionalProperties", new JsonBoolean(false));
        }
    }

    /** A type beside {@code null} where one keyword says both, else {@code anyOf}. */
    private void maybe(Maybe maybe, Map<String, Json> out) {
        JsonObject of = of(maybe.of(), prefix);
        if (of.get("type") instanceof JsonString type && of.get("enum") == null) {
            of.members()
                    .forEach((name, value) ->
                            out.put(name, name.equals("type") ? new JsonArray(List.of(type, text("null"))) : value));
        } else {
            out.put("anyOf", new JsonArray(List.of(of, new JsonObject(Map.of("type", text("null"))))));
        }
    }

    private void union(Union union, Map<String, Json> out) {
        List<Json> cases = new ArrayList<>();
        Map<String, Json> mapping = new LinkedHashMap<>();
        union.cases().forEach((type, name) -> {
            cases.add(of(new Reference(name), prefix));
            mapping.put(type, text(prefix + name));
        });
        out.put("oneOf", new JsonArray(cases));
        Map<String, Json> discriminator = new LinkedHashMap<>();
        discriminator.put("propertyName", text("type"));
        discriminator.put("mapping", new JsonObject(mapping));
        out.put("discriminator", new JsonObject(discriminator));
    }

    private static JsonString text(String value) {
        return new JsonString(value);
    }

    private static JsonNumber number(long value) {
        return new JsonNumber(BigDecimal.valueOf(value));
    }
}
