package dev.matrix.devtools;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.matrix.core.api.ApiCatalog;
import dev.matrix.core.api.ApiExample;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Schema;
import dev.matrix.core.api.Schema.Property;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonNull;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.wire.ApiVersion;
import dev.matrix.devtools.SdkMethod.Answer;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes an operation's first example as a call in each language. */
final class CodeSamples {

    private record Place(SdkNamespace namespace, SdkMethod method) {}

    private final Map<String, Place> places = new HashMap<>();
    private final ApiCatalog catalog;
    private final ApiVersion version;
    private final JsonCodec codec;

    private CodeSamples(ApiCatalog catalog, ApiVersion version, JsonCodec codec) {
        this.catalog = catalog;
        this.version = version;
        this.codec = codec;
    }

    static CodeSamples of(ApiCatalog catalog, ApiVersion version, JsonCodec codec) {
        CodeSamples samples = new CodeSamples(catalog, version, codec);
        for (SdkNamespace namespace : SdkModel.of(catalog, version).namespaces()) {
            namespace
                    .methods()
                    .forEach(method -> samples.places.put(method.operation().id(), new Place(namespace, method)));
        }
        return samples;
    }

    /** What SDKs call the operation, for tools that write calls of their own. */
    JsonObject names(Operation<?, ?> operation) {
        Place place = place(operation);
        return new Tree()
                .put("javascript", javaScriptName(place))
                .put("python", pythonName(place))
                .put(
                        "shell",
                        place.namespace().name().camel() + "."
                                + place.method().name().camel())
                .put("paged", place.method().answer() instanceof Answer.Pages)
                .put("arguments", arguments(place.method()))
                .json();
    }

    /** What Python calls a method's values. */
    private static Tree arguments(SdkMethod method) {
        Tree names = new Tree();
        PythonArguments.of(method).names().forEach((property, name) -> names.put(property.name(), name));
        return names;
    }

    /** The samples, as {@code x-codeSamples} has them. */
    JsonArray of(Operation<?, ?> operation) {
        Place place = place(operation);
        List<ApiExample> examples = catalog.examples(operation, version);
        Call call = examples.isEmpty() ? Call.NONE : Call.of(place.method(), examples.get(0));
        String javaScript = javaScript(place, call);
        return SharedParts.array(List.of(
                sample("TypeScript", javaScript),
                sample("JavaScript", javaScript),
                sample("Python", python(place, call)),
                sample("Shell", shell(place, call))));
    }

    private Place place(Operation<?, ?> operation) {
        Place place = places.get(operation.id());
        if (place == null) {
            throw new IllegalStateException("No SDK has the operation " + operation.id() + ".");
        }
        return place;
    }

    private static JsonObject sample(String language, String source) {
        return new Tree()
                .put("lang", language)
                .put("label", language.equals("Shell") ? "cURL" : language)
                .put("source", source)
                .json();
    }

    private static String javaScriptName(Place place) {
        return new Identifiers(Identifiers.JAVASCRIPT_MEMBERS)
                        .take(place.namespace().name().camel()) + "."
                + new Identifiers(Identifiers.JAVASCRIPT_MEMBERS)
                        .take(place.method().name().camel());
    }

    private static String pythonName(Place place) {
        return new Identifiers(Identifiers.PYTHON_WORDS)
                        .take(place.namespace().name().snake()) + "."
                + new Identifiers(Identifiers.PYTHON_WORDS)
                        .take(place.method().name().snake());
    }

    private String javaScript(Place place, Call call) {
        List<String> arguments = new ArrayList<>();
        call.path().forEach(value -> arguments.add(Escapes.javaScript(value)));
        if (!call.members().isEmpty()) {
            arguments.add(call.members().entrySet().stream()
                    .map(member -> "  " + Escapes.property(member.getKey()) + ": " + literal(member.getValue()) + ",\n")
                    .collect(Collectors.joining("", "{\n", "}")));
        }
        String invocation = "matrix." + javaScriptName(place) + "(" + String.join(", ", arguments) + ")";
        return place.method().answer() instanceof Answer.Pages
                ? "for await (const item of " + invocation + ") {\n  console.log(item);\n}"
                : "const reply = await " + invocation + ";";
    }

    private String literal(Json value) {
        return new String(codec.write(value), UTF_8).replace("<", "\\u003c");
    }

    private static String python(Place place, Call call) {
        List<String> arguments = new ArrayList<>();
        call.path().forEach(value -> arguments.add(Escapes.python(value)));
        Map<String, String> names = new HashMap<>();
        PythonArguments.of(place.method()).names().forEach((property, name) -> names.put(property.name(), name));
        call.members()
                .forEach((name, value) -> arguments.add(names.getOrDefault(name, name) + "=" + pythonLiteral(value)));
        String joined = String.join(", ", arguments);
        String inner = joined.length() > 70 ? "\n    " + String.join(",\n    ", arguments) + ",\n" : joined;
        String invocation = "matrix." + pythonName(place) + "(" + inner + ")";
        return place.method().answer() instanceof Answer.Pages
                ? "for item in " + invocation + ":\n    print(item)"
                : "reply = " + invocation;
    }

    private static String pythonLiteral(Json value) {
        if (value instanceof JsonString text) {
            return Escapes.python(text.value());
        } else if (value instanceof JsonBoolean flag) {
            return flag.value() ? "True" : "False";
        } else if (value instanceof JsonNull) {
            return "None";
        } else if (value instanceof JsonArray array) {
            return array.items().stream().map(CodeSamples::pythonLiteral).collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof JsonObject object) {
            return object.members().entrySet().stream()
                    .map(member -> Escapes.python(member.getKey()) + ": " + pythonLiteral(member.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return ((JsonNumber) value).value().toPlainString();
    }

    private String shell(Place place, Call call) {
        String verb = place.method().operation().method();
        StringBuilder out = new StringBuilder("curl ");
        if (!verb.equals("GET")) {
            out.append("-X ").append(verb).append(' ');
        }
        out.append("\"$MATRIX_BASE_URL\"")
                .append(Escapes.shell(call.target()))
                .append(" \\\n  -H \"Authorization: Bearer $MATRIX_API_KEY\"");
        if (verb.equals("POST") || verb.equals("PATCH")) {
            out.append(" \\\n  -H \"Idempotency-Key: $(uuidgen)\"");
        }
        if (call.body() != null) {
            out.append(" \\\n  -H 'Content-Type: application/json' \\\n  --data-raw ")
                    .append(Escapes.shell(new String(codec.write(call.body()), UTF_8)));
        }
        return out.toString();
    }

    /** An example taken apart into a method's arguments. */
    private record Call(
            String target,
            List<String> path,
            Map<String, Json> members,
            @Nullable Json body) {

        static final Call NONE = new Call("/", List.of(), Map.of(), null);

        static Call of(SdkMethod method, ApiExample example) {
            Map<String, Json> members = new LinkedHashMap<>();
            for (Property property : method.query()) {
                Schema schema = property.schema() instanceof Schema.Maybe maybe ? maybe.of() : property.schema();
                Schema each = schema instanceof Schema.Listing list ? list.items() : schema;
                List<Json> values = query(example.query(), property.name()).stream()
                        .map(text -> value(text, each))
                        .toList();
                if (!values.isEmpty()) {
                    members.put(
                            property.name(), schema instanceof Schema.Listing ? new JsonArray(values) : values.get(0));
                }
            }
            if (example.body() instanceof JsonObject body) {
                body.members().forEach((name, value) -> {
                    if (!(value instanceof JsonNull)) {
                        members.put(name, value);
                    }
                });
            }
            String target = example.path() + (example.query().isEmpty() ? "" : "?" + example.query());
            return new Call(target, path(method.operation().path(), example.path()), members, example.body());
        }

        private static List<String> path(String template, String path) {
            String pattern = Pattern.compile("\\{[^}]*}")
                    .splitAsStream(template + "\0")
                    .map(literal -> Pattern.quote(literal.replace("\0", "")))
                    .collect(Collectors.joining("([^/]*?)"));
            Matcher matcher = Pattern.compile(pattern).matcher(path);
            List<String> values = new ArrayList<>();
            for (int i = 1; matcher.matches() && i <= matcher.groupCount(); i++) {
                values.add(URLDecoder.decode(matcher.group(i).replace("+", "%2B"), UTF_8));
            }
            return values;
        }

        private static List<String> query(String query, String name) {
            List<String> values = new ArrayList<>();
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0
                        && URLDecoder.decode(pair.substring(0, equals), UTF_8).equals(name)) {
                    values.add(URLDecoder.decode(pair.substring(equals + 1), UTF_8));
                }
            }
            return values;
        }

        private static Json value(String text, Schema schema) {
            if (schema instanceof Schema.Flag) {
                return new JsonBoolean(Boolean.parseBoolean(text));
            }
            return schema instanceof Schema.Whole || schema instanceof Schema.Real
                    ? new JsonNumber(new BigDecimal(text))
                    : new JsonString(text);
        }
    }
}
