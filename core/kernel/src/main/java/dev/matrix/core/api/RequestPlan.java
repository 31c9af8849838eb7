package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.api.ApiProblem.FieldError;
import dev.matrix.core.api.OperationSchema.In;
import dev.matrix.core.api.Schema.Listing;
import dev.matrix.core.api.Schema.Maybe;
import dev.matrix.core.api.Schema.Property;
import dev.matrix.core.api.Schema.Struct;
import dev.matrix.core.api.Schema.Text;
import dev.matrix.core.api.VersionChange.Edit;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.wire.ApiVersion;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an operation's requests become its record, in every version. Immutable. */
final class RequestPlan {

    private static final java.util.regex.Pattern ID = java.util.regex.Pattern.compile("[A-Za-z0-9_.:-]{1,128}");

    private final RequestShape shape;
    private final SchemaShelf shelf;
    private final ApiVersion newest;
    private final Map<ApiVersion, Struct> structs = new HashMap<>();
    private final Map<ApiVersion, Struct> bodies = new HashMap<>();
    private final Map<ApiVersion, Map<String, In>> places = new HashMap<>();

    /** The values of a request, still in its version's shape. */
    record Received(JsonObject json, Map<String, In> places) {}

    RequestPlan(RequestShape shape, SchemaShelf shelf, VersionLadder ladder) {
        this.shape = shape;
        this.shelf = shelf;
        this.newest = ladder.newest();
        Struct struct = shape.struct();
        Map<String, In> where = shape.places();
        List<ApiVersion> versions = ladder.ascending();
        for (int i = versions.size() - 1; i >= 0; i--) {
            ApiVersion version = versions.get(i);
            structs.put(version, struct);
            places.put(version, where);
            bodies.put(version, body(struct, where));
            List<Edit> edits = ladder.edits(version).getOrDefault(shape.name(), List.of());
            struct = SchemaEdits.down(struct, edits, Direction.IN);
            where = shape.lower(where, struct, edits);
        }
    }

    private static Struct body(Struct struct, Map<String, In> where) {
        return new Struct(
                null,
                struct.properties().stream()
                        .filter(p -> where.get(p.name()) == In.BODY)
                        .toList(),
                true);
    }

    Struct struct(ApiVersion version) {
        return requireNonNull(structs.get(version), "every version is compiled");
    }

    Map<String, In> places(ApiVersion version) {
        return requireNonNull(places.get(version), "every version is compiled");
    }

    RequestShape shape() {
        return shape;
    }

    /** Whether it has a JSON body. */
    boolean takesJson() {
        return !bodyOf(newest).properties().isEmpty();
    }

    /**
     * Checks a request's values against the version's schema.
     *
     * @param body null: the operation takes no JSON
     * @throws ApiProblem 404 for a path's value that no id can be, 400 that lists all else
     */
    Received receive(
            ApiVersion version,
            List<String> path,
            @Nullable String rawQuery,
            ApiHeaders lines,
            @Nullable JsonObject body) {
        Struct struct = struct(version);
        Map<String, In> where = places(version);
        Map<String, List<String>> query = Target.query(rawQuery);
        SchemaCheck check = new SchemaCheck(shelf.terms(version, Direction.IN));
        Map<String, Json> members = new LinkedHashMap<>();
        int known = 0;
        for (Property property : struct.properties()) {
            In in = where.getOrDefault(property.name(), In.BODY);
            if (in == In.PATH) {
                members.put(property.name(), pathValue(property, path, version));
            } else if (in == In.QUERY) {
                List<String> values = query.get(property.name());
                known += values == null ? 0 : 1;
                if (values == null && property.partner() != null && query.containsKey(property.partner())) {
                    check.error("query", property.name(), "required", "It stands beside " + property.partner() + ".");
                }
                parameter(in, property.name(), property, values, check, members);
            } else if (in == In.HEADER) {
                String value = lines.first(shape.headerOf(property.name()));
                parameter(
                        in,
                        shape.headerOf(property.name()),
                        property,
                        value == null ? null : List.of(value),
                        check,
                        members);
            }
        }
        if (known < query.size()) {
            query.keySet().stream()
                    .filter(name -> where.get(name) != In.QUERY)
                    .forEach(name -> check.error("query", name, "unknown", "There is no such parameter."));
        }
        if (body != null) {
            check.check(body, bodyOf(version));
        }
        if (!check.errors().isEmpty()) {
            throw Problems.invalid(check.errors());
        }
        if (body != null && members.isEmpty()) {
            return new Received(body, where);
        }
        if (body != null) {
            members.putAll(body.members());
        }
        return new Received(new JsonObject(members), where);
    }

    private Json pathValue(Property property, List<String> path, ApiVersion version) {
        String text = path.get(shape.variables().indexOf(property.name()));
        Json json = Presets.read(text, property.schema());
        boolean plain = property.schema() instanceof Text open && open.pattern() == null;
        SchemaCheck check = new SchemaCheck(shelf.terms(version, Direction.IN));
        check.check(json, property.schema());
        if ((plain && !ID.matcher(text).matches()) || !check.errors().isEmpty()) {
            throw Problems.notFound();
        }
        return json;
    }

    private static void parameter(
            In in,
            String name,
            Property property,
            @Nullable List<String> values,
            SchemaCheck check,
            Map<String, Json> members) {
        Schema schema = property.schema() instanceof Maybe maybe ? maybe.of() : property.schema();
        if (values == null) {
            if (property.required()) {
                check.error(in.text(), name, "required", "This parameter is required.");
            } else if (property.absent() != null) {
                members.put(property.name(), property.absent());
            }
        } else if (schema instanceof Listing listing) {
            Json json = new JsonArray(values.stream()
                    .map(each -> Presets.read(each, listing.items()))
                    .toList());
            check.parameter(in.text(), name, listing, json);
            members.put(property.name(), json);
        } else if (values.size() > 1) {
            check.error(in.text(), name, "items", "This parameter stands once.");
        } else {
            Json json = Presets.read(values.get(0), schema);
            check.parameter(in.text(), name, schema, json);
            members.put(property.name(), json);
        }
    }

    /** The members of the body alone. */
    Struct bodyOf(ApiVersion version) {
        return requireNonNull(bodies.get(version), "every version is compiled");
    }

    /** A problem of a handler with a request of the newest shape, its pointers in an older version's names. */
    ApiProblem lower(ApiProblem problem, Json request, ApiVersion version) {
        if (version.equals(newest) || problem.errors().isEmpty()) {
            return problem;
        }
        return problem.withErrors(problem.errors().stream()
                .map(e -> e.in().equals("body")
                        ? new FieldError(e.in(), lower(e.pointer(), request, version), e.code(), e.detail())
                        : e)
                .toList());
    }

    /** A pointer into the body of a request of the newest shape, in an older version's names. */
    String lower(String pointer, Json request, ApiVersion version) {
        return shelf.lower(pointer, request, version, shape.name(), structs);
    }

    /** An example's values in an older version's shape. */
    Json lowerExample(Json example, ApiVersion version) {
        return shelf.lower(example, version, shape.name(), structs);
    }

    /** Takes a request's values to the newest shape. */
    Json raise(Received received, ApiVersion version) {
        return version.equals(newest) ? received.json() : shelf.raise(received.json(), version, shape.name(), structs);
    }
}
