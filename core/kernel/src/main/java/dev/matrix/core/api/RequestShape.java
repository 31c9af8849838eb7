package dev.matrix.core.api;

import dev.matrix.core.api.OperationSchema.In;
import dev.matrix.core.api.Schema.Choice;
import dev.matrix.core.api.Schema.Flag;
import dev.matrix.core.api.Schema.Listing;
import dev.matrix.core.api.Schema.Maybe;
import dev.matrix.core.api.Schema.Property;
import dev.matrix.core.api.Schema.Real;
import dev.matrix.core.api.Schema.Struct;
import dev.matrix.core.api.Schema.Text;
import dev.matrix.core.api.Schema.Whole;
import dev.matrix.core.api.VersionChange.Edit;
import dev.matrix.core.api.VersionChange.Renamed;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.wire.Header;
import dev.matrix.core.wire.Query;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The request record of an operation in the newest version: where each of its values stands. */
final class RequestShape {

    private static final Set<String> BODILESS = Set.of("GET", "DELETE");

    private final Operation<?, ?> operation;
    private final List<String> variables;
    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, In> places = new LinkedHashMap<>();
    private Struct struct = new Struct(null, List.of(), true);

    RequestShape(Operation<?, ?> operation, TypeSchemas in, Faults faults) {
        this.operation = operation;
        this.variables = variablesOf(operation.path());
        compile(in, faults);
    }

    static List<String> variablesOf(String path) {
        return java.util.regex.Pattern.compile("\\{([^}]*)}")
                .matcher(path)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private void compile(TypeSchemas in, Faults faults) {
        List<Property> members = new ArrayList<>();
        String name = operation.request().getName();
        for (RecordComponent component : operation.request().getRecordComponents()) {
            In place = placeOf(component);
            for (Property each : in.member(component, name + "." + component.getName())) {
                Property member = place == In.QUERY ? query(each) : each;
                members.add(member);
                places.put(member.name(), place);
                if (place == In.HEADER) {
                    headers.put(
                            member.name(), component.getAnnotation(Header.class).value());
                }
                if (place != In.BODY && !isParameter(member.schema())) {
                    faults.add(
                            operation.toString(),
                            component.getName() + " is no scalar or list of scalars, so it can't" + " stand in the "
                                    + place.text());
                }
            }
        }
        for (String variable : variables) {
            if (places.get(variable) != In.PATH) {
                faults.add(
                        operation.toString(),
                        "no component of " + name + " is called " + variable + ", as its path has it");
            }
        }
        struct = new Struct(null, members, true);
    }

    private In placeOf(RecordComponent component) {
        if (variables.contains(TypeSchemas.nameOf(component))) {
            return In.PATH;
        }
        if (component.isAnnotationPresent(Header.class)) {
            return In.HEADER;
        }
        boolean query = component.isAnnotationPresent(Query.class)
                || BODILESS.contains(operation.method())
                || operation.takesRawBody();
        return query ? In.QUERY : In.BODY;
    }

    /** A list of the query that isn't there is an empty one. */
    private static Property query(Property p) {
        return p.schema() instanceof Listing listing && listing.minItems() == 0 && p.absent() == null
                ? new Property(p.name(), p.schema(), false, new JsonArray(List.of()), p.description())
                : p;
    }

    private static boolean isParameter(Schema schema) {
        Schema plain = schema instanceof Maybe maybe ? maybe.of() : schema;
        Schema element = plain instanceof Listing listing ? listing.items() : plain;
        return element instanceof Text
                || element instanceof Choice
                || element instanceof Whole
                || element instanceof Real
                || element instanceof Flag;
    }

    /** The places of an older version's members, from those of the version after it. */
    Map<String, In> lower(Map<String, In> newer, Struct older, List<Edit> edits) {
        Map<String, In> lowered = new LinkedHashMap<>();
        In otherwise = BODILESS.contains(operation.method()) ? In.QUERY : In.BODY;
        for (Property property : older.properties()) {
            String name = property.name();
            for (int i = 0; i < edits.size(); i++) {
                if (edits.get(i) instanceof Renamed renamed && renamed.from().equals(name)) {
                    name = renamed.to();
                }
            }
            lowered.put(property.name(), newer.getOrDefault(name, otherwise));
        }
        return lowered;
    }

    /** The component type that edits call it by. */
    String name() {
        return TypeSchemas.nameOf(operation.request());
    }

    Struct struct() {
        return struct;
    }

    Map<String, In> places() {
        return places;
    }

    List<String> variables() {
        return variables;
    }

    /** The name of a header parameter on the wire. */
    String headerOf(String member) {
        return headers.getOrDefault(member, member);
    }
}
