package dev.matrix.devtools;

import dev.matrix.core.api.Access;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.OperationSchema;
import dev.matrix.core.api.OperationSchema.In;
import dev.matrix.core.api.OperationSchema.ReplySchema;
import dev.matrix.core.api.Reply;
import dev.matrix.core.api.Schema;
import dev.matrix.core.api.Schema.Property;
import dev.matrix.core.api.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One operation as a method.
 *
 * @param name within its namespace
 * @param path values of the path, in its order
 * @param query members of the request that go into the query
 * @param headers members that go into headers, under the headers' names
 * @param body members of the JSON body
 */
record SdkMethod(
        Words name,
        Operation<?, ?> operation,
        List<Property> path,
        List<Property> query,
        List<Property> headers,
        List<Property> body,
        Answer answer) {

    /** The outcome of a call. */
    sealed interface Answer {
        /** JSON. */
        record Data(Schema schema) implements Answer {}

        /** Pages of JSON, which a cursor leads through. */
        record Pages(Schema item) implements Answer {}

        /** A body of another media type. */
        record Text(String mediaType) implements Answer {}

        /** Nothing. */
        record Nothing() implements Answer {}
    }

    static SdkMethod of(Operation<?, ?> operation, OperationSchema schema, Map<String, Schema> types) {
        return new SdkMethod(
                Words.ofOperation(operation.id(), operation.tag()),
                operation,
                inPathOrder(operation.path(), members(schema, In.PATH)),
                members(schema, In.QUERY),
                members(schema, In.HEADER),
                schema.body() == null ? List.of() : schema.body().properties(),
                answer(operation, schema.replies(), types));
    }

    private static List<Property> members(OperationSchema schema, In in) {
        return schema.parameters().stream()
                .filter(parameter -> parameter.in() == in)
                .map(OperationSchema.Parameter::property)
                .toList();
    }

    private static List<Property> inPathOrder(String path, List<Property> values) {
        List<Property> sorted = new ArrayList<>(values);
        sorted.sort((a, b) -> Integer.compare(path.indexOf("{" + a.name() + "}"), path.indexOf("{" + b.name() + "}")));
        return sorted;
    }

    private static Answer answer(Operation<?, ?> operation, List<ReplySchema> replies, Map<String, Schema> types) {
        List<Schema> json = replies.stream()
                .map(ReplySchema::schema)
                .filter(Objects::nonNull)
                .toList();
        if (!json.isEmpty()) {
            boolean paged = operation.reply() instanceof Reply.Paged
                    && operation.method().equals("GET");
            Schema item = paged ? itemOf(json.get(0), types) : null;
            return item != null
                    ? new Answer.Pages(item)
                    : new Answer.Data(json.size() == 1 ? json.get(0) : new Schema.Either(json));
        }
        return replies.stream()
                .map(ReplySchema::mediaType)
                .filter(Objects::nonNull)
                .findFirst()
                .<Answer>map(Answer.Text::new)
                .orElseGet(Answer.Nothing::new);
    }

    private static @Nullable Schema itemOf(Schema page, Map<String, Schema> types) {
        Schema schema = page instanceof Schema.Reference reference ? types.get(reference.name()) : page;
        if (schema instanceof Schema.Struct struct) {
            for (Property property : struct.properties()) {
                if (property.name().equals("items") && property.schema() instanceof Schema.Listing list) {
                    return list.items();
                }
            }
        }
        return null;
    }

    /** The members of the request object, path values aside. */
    List<Property> request() {
        return Stream.of(query, headers, body).flatMap(List::stream).toList();
    }

    boolean requestIsOptional() {
        return request().stream().noneMatch(Property::required);
    }

    /** Whether members go into the body unless they are named as the query's. */
    boolean hasBody() {
        return !operation.method().equals("GET") && !operation.method().equals("DELETE");
    }

    /** Summary and access in one line, for comments; the route stands in the code below. */
    String doc() {
        String access = operation
                .access()
                .map(it -> it instanceof Access.Scope scope
                        ? "scope " + scope.name()
                        : it instanceof Access.AnyKey ? "any key" : "no key needed")
                .orElse("");
        String operators = operation.callers() == Access.Callers.OPERATORS ? ", operators only" : "";
        return operation.summary() + " (" + access + operators + ")";
    }

    Stream<Schema> schemas() {
        Stream<Schema> reply = answer instanceof Answer.Data data
                ? Stream.of(data.schema())
                : answer instanceof Answer.Pages pages ? Stream.of(pages.item()) : Stream.empty();
        return Stream.concat(Stream.concat(path.stream(), request().stream()).map(Property::schema), reply);
    }
}
