package dev.matrix.devtools;

import dev.matrix.core.api.Access;
import dev.matrix.core.api.ApiCatalog;
import dev.matrix.core.api.ApiExample;
import dev.matrix.core.api.JsonSchema;
import dev.matrix.core.api.KeyMode;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.OperationSchema;
import dev.matrix.core.api.OperationSchema.In;
import dev.matrix.core.api.OperationSchema.Parameter;
import dev.matrix.core.api.OperationSchema.ReplySchema;
import dev.matrix.core.api.ProblemCode;
import dev.matrix.core.api.Reply;
import dev.matrix.core.api.Schema;
import dev.matrix.core.api.Words;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.wire.ApiVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes an operation's part of the document. */
record OperationDocument(ApiCatalog catalog, ApiVersion version, CodeSamples samples) {

    /** Statuses that any operation may answer with, beside those of its own. */
    private static final List<Integer> ALWAYS = List.of(400, 406, 429, 500, 503);

    JsonObject of(Operation<?, ?> operation) {
        OperationSchema schema = catalog.schema(operation, version);
        List<ApiExample> examples = catalog.examples(operation, version);
        Tree out = new Tree()
                .put("operationId", operation.id())
                .put("tags", List.of(operation.tag()))
                .put("summary", operation.summary())
                .put("description", description(operation));
        Access access = operation.access().orElseThrow();
        if (access instanceof Access.Anonymous) {
            out.put("security", new JsonArray(List.of()));
        } else if (access instanceof Access.Scope scope) {
            out.put("x-scope", scope.name());
        }
        if (operation.callers() == Access.Callers.OPERATORS) {
            out.put("x-operators-only", true);
        }
        if (operation.deprecation().isPresent()) {
            out.put("deprecated", true);
        }
        out.put("parameters", parameters(operation, schema));
        if (operation.takesRawBody()) {
            out.put(
                    "requestBody",
                    new Tree()
                            .put(
                                    "content",
                                    new Tree()
                                            .put(
                                                    "*/*",
                                                    new Tree()
                                                            .put(
                                                                    "schema",
                                                                    new Tree()
                                                                            .put(
                                                                                    "description",
                                                                                    "Bytes of any media type.")))));
        } else if (schema.body() != null) {
            out.put("requestBody", requestBody(operation, schema.body(), schema.bodyRequired(), examples));
        }
        out.put("responses", responses(operation, schema, examples, access));
        if (!operation.takesRawBody()) {
            out.put("x-sdk", samples.names(operation)).put("x-codeSamples", samples.of(operation));
        }
        return out.json();
    }

    private static String description(Operation<?, ?> operation) {
        String access = operation
                .access()
                .map(it -> it instanceof Access.Scope scope
                        ? "Needs the scope `" + scope.name() + "`"
                                + (operation.callers() == Access.Callers.OPERATORS ? "; for operators only." : ".")
                        : it instanceof Access.Anonymous ? "Needs no key." : "Any key may call.")
                .orElse("");
        return operation
                .deprecation()
                .map(end -> access + " Deprecated since " + end.since() + ", answered until " + end.sunset() + "; see "
                        + end.link() + ".")
                .orElse(access);
    }

    private static JsonArray parameters(Operation<?, ?> operation, OperationSchema schema) {
        List<JsonObject> parameters = new ArrayList<>();
        for (Parameter parameter : schema.parameters()) {
            if (isDocumented(parameter)) {
                parameters.add(parameter(parameter));
            }
        }
        if (operation.requiresIfMatch() || changesVersion(operation)) {
            parameters.add(shared(operation.requiresIfMatch() ? "RequiredIfMatch" : "IfMatch"));
        } else if (operation.hasEtag() && operation.method().equals("GET")) {
            parameters.add(shared("IfNoneMatch"));
        }
        KeyMode key = operation.key();
        if (key != KeyMode.UNUSED) {
            parameters.add(shared(key == KeyMode.REQUIRED || key == KeyMode.OWNED_REQUIRED ? "RequiredKey" : "Key"));
        }
        parameters.add(shared("Version"));
        return SharedParts.array(parameters);
    }

    /** Whether it changes a thing that has an ETag already, as what creates one doesn't. */
    private static boolean changesVersion(Operation<?, ?> operation) {
        return operation.hasEtag() && !operation.method().equals("GET") && operation.status() != 201;
    }

    private static JsonObject shared(String name) {
        return Tree.reference("#/components/parameters/" + name);
    }

    /** Content negotiation isn't documented a header at a time. */
    private static boolean isDocumented(Parameter parameter) {
        return parameter.in() != In.HEADER || !parameter.property().name().equalsIgnoreCase("Accept-Encoding");
    }

    private static JsonObject parameter(Parameter parameter) {
        Schema.Property property = parameter.property();
        Schema schema = property.schema() instanceof Schema.Maybe maybe ? maybe.of() : property.schema();
        Tree typed = new Tree();
        JsonSchema.of(schema, OpenApi.SCHEMAS).members().forEach(typed::put);
        typed.put("default", property.absent());
        Tree out = new Tree()
                .put("name", property.name())
                .put("in", parameter.in().text())
                .put("required", parameter.in() == In.PATH || property.required());
        if (property.description() != null) {
            out.put("description", property.description());
        }
        if (schema instanceof Schema.Listing) {
            out.put("style", "form").put("explode", true);
        }
        return out.put("schema", typed).json();
    }

    private static Tree requestBody(
            Operation<?, ?> operation, Schema.Struct body, boolean required, List<ApiExample> examples) {
        Tree content = new Tree().put("schema", JsonSchema.of(body, OpenApi.SCHEMAS));
        Tree named = new Tree();
        examples.forEach(example -> {
            if (example.body() != null) {
                named.put(
                        key(example), new Tree().put("summary", example.name()).put("value", example.body()));
            }
        });
        if (!named.isEmpty()) {
            content.put("examples", named);
        }
        Tree media = new Tree().put("application/json", content);
        if (operation.method().equals("PATCH")) {
            media.put("application/merge-patch+json", content);
        }
        return new Tree().put("required", required).put("content", media);
    }

    private Tree responses(
            Operation<?, ?> operation, OperationSchema schema, List<ApiExample> examples, Access access) {
        Tree responses = new Tree();
        responses.put(Integer.toString(operation.status()), success(operation, schema, examples));
        Map<Integer, List<ProblemCode>> own = new TreeMap<>();
        operation
                .errors()
                .forEach(code -> own.computeIfAbsent(code.status(), status -> new ArrayList<>())
                        .add(code));
        TreeSet<Integer> statuses = new TreeSet<>(ALWAYS);
        statuses.addAll(own.keySet());
        if (!(access instanceof Access.Anonymous)) {
            statuses.addAll(List.of(401, 403));
        }
        if (operation.path().contains("{")) {
            statuses.add(404);
        }
        if (schema.body() != null) {
            statuses.addAll(List.of(413, 415, 422));
        }
        if (operation.key() != KeyMode.UNUSED) {
            statuses.addAll(List.of(409, 422));
        }
        if (operation.hasEtag() && operation.method().equals("GET")) {
            responses.put("304", new Tree().put("description", "The ETag at hand still holds."));
        }
        if (changesVersion(operation)) {
            statuses.add(412);
        }
        if (operation.requiresIfMatch()) {
            statuses.addAll(List.of(412, 428));
        }
        for (int status : statuses) {
            List<ProblemCode> codes = own.get(status);
            responses.put(
                    Integer.toString(status),
                    codes == null
                            ? Tree.reference("#/components/responses/Problem" + status)
                            : SharedParts.problemResponse(codes).json());
        }
        return responses.put("default", Tree.reference("#/components/responses/Problem"));
    }

    private static Tree success(Operation<?, ?> operation, OperationSchema schema, List<ApiExample> examples) {
        Tree headers = SharedParts.commonHeaders();
        if (operation.hasEtag()) {
            headers.put("ETag", Tree.reference("#/components/headers/ETag"));
        }
        if (operation.reply() instanceof Reply.Paged) {
            headers.put("Link", Tree.reference("#/components/headers/Link"));
        }
        if (operation.status() == 201) {
            headers.put("Location", Tree.reference("#/components/headers/Location"));
        }
        if (operation.key() != KeyMode.UNUSED) {
            headers.put("Idempotent-Replayed", Tree.reference("#/components/headers/Replayed"));
        }
        Tree content = new Tree();
        List<Schema> json = schema.replies().stream()
                .map(ReplySchema::schema)
                .filter(java.util.Objects::nonNull)
                .toList();
        for (ReplySchema reply : schema.replies()) {
            if (reply.mediaType() != null && reply.schema() == null) {
                content.put(
                        reply.mediaType(),
                        new Tree().put("schema", new Tree().put("description", "Bytes of this media type.")));
            }
        }
        if (!json.isEmpty()) {
            Tree body = new Tree()
                    .put(
                            "schema",
                            JsonSchema.of(json.size() == 1 ? json.get(0) : new Schema.Either(json), OpenApi.SCHEMAS));
            Tree named = new Tree();
            examples.forEach(example -> {
                if (example.reply() != null) {
                    named.put(
                            key(example),
                            new Tree().put("summary", example.name()).put("value", example.reply()));
                }
            });
            content.put("application/json", named.isEmpty() ? body : body.put("examples", named));
        }
        Tree out = new Tree()
                .put("description", content.isEmpty() ? "Done; there is no body." : "Done.")
                .put("headers", headers);
        return content.isEmpty() ? out : out.put("content", content);
    }

    /** An example's key in a map of examples, which has letters and digits only. */
    private static String key(ApiExample example) {
        return Words.of(example.name()).camel();
    }
}
