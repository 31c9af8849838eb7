package dev.matrix.core.api;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.api.ApiHeaders.Line;
import dev.matrix.core.api.OperationSchema.In;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.wire.ApiVersion;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns an operation's examples into what goes over the wire in one version. */
record WireExamples(JsonCodec codec, SchemaShelf shelf) {

    List<ApiExample> of(CompiledOperation<?, ?> operation, ApiVersion version) {
        return operation.operation().examples().stream()
                .map(example -> of(operation, example, version))
                .toList();
    }

    /** @throws InvalidRequestException when a value has no JSON form */
    ApiExample of(CompiledOperation<?, ?> compiled, Operation.Example<?, ?> example, ApiVersion version) {
        RequestPlan plan = compiled.request();
        JsonObject members = request(example.request(), plan, version);
        String path = compiled.operation().path();
        StringBuilder query = new StringBuilder();
        List<Line> headers = new ArrayList<>();
        Map<String, Json> body = new LinkedHashMap<>();
        for (Map.Entry<String, Json> member : members.members().entrySet()) {
            String name = member.getKey();
            Json value = member.getValue();
            In in = plan.places(version).getOrDefault(name, In.BODY);
            if (in == In.BODY) {
                body.put(name, value);
            } else if (in == In.PATH) {
                path = path.replace("{" + name + "}", escape(text(value)));
            } else if (in == In.HEADER) {
                headers.add(new Line(plan.shape().headerOf(name), text(value)));
            } else {
                List<Json> values = value instanceof JsonArray array ? array.items() : List.of(value);
                values.forEach(each -> query.append(query.isEmpty() ? "" : "&")
                        .append(escape(name))
                        .append('=')
                        .append(escape(text(each))));
            }
        }
        return new ApiExample(
                example.name(),
                path,
                query.toString(),
                ApiHeaders.of(headers),
                plan.takesJson() ? new JsonObject(body) : null,
                compiled.operation().status(),
                reply(compiled, example.reply(), version));
    }

    /** A request's values in a version's shape, nulls left out. */
    private JsonObject request(Object request, RequestPlan plan, ApiVersion version) {
        Json newest = codec.parse(codec.encode(request));
        return (JsonObject) plan.lowerExample(newest, version);
    }

    private @Nullable Json reply(CompiledOperation<?, ?> compiled, @Nullable Object value, ApiVersion version) {
        Reply<?> alternative = compiled.reply().alternativeOf(value);
        Schema schema = alternative == null ? null : compiled.reply().schemaOf(alternative);
        if (value == null || alternative == null || schema == null) {
            return null;
        }
        return shelf.lower(codec.parse(compiled.reply().encode(alternative, value)), version, schema);
    }

    static String text(Json value) {
        if (value instanceof JsonString string) {
            return string.value();
        }
        if (value instanceof JsonNumber number) {
            return number.value().toPlainString();
        }
        return value instanceof JsonBoolean bool ? Boolean.toString(bool.value()) : "";
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":");
    }
}
