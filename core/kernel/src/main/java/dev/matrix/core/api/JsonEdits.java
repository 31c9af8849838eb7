package dev.matrix.core.api;

import dev.matrix.core.api.Schema.Dictionary;
import dev.matrix.core.api.Schema.Listing;
import dev.matrix.core.api.Schema.Maybe;
import dev.matrix.core.api.Schema.Property;
import dev.matrix.core.api.Schema.Reference;
import dev.matrix.core.api.Schema.Struct;
import dev.matrix.core.api.Schema.Union;
import dev.matrix.core.api.VersionChange.Dropped;
import dev.matrix.core.api.VersionChange.Edit;
import dev.matrix.core.api.VersionChange.Introduced;
import dev.matrix.core.api.VersionChange.Renamed;
import dev.matrix.core.api.VersionChange.Retyped;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonNull;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Takes JSON one version up or down: at every object of an edited type, at any depth.
 *
 * @param types the schemas of the version that the JSON is of
 * @param edits of the newer of the two versions, by type
 * @param up true: to the newer one
 */
record JsonEdits(Map<String, Schema> types, Map<String, List<Edit>> edits, boolean up) {

    Json of(Json json, Schema schema) {
        if (schema instanceof Maybe maybe) {
            return of(json, maybe.of());
        }
        if (schema instanceof Reference reference) {
            return named(json, reference.name());
        }
        if (schema instanceof Union union
                && json instanceof JsonObject object
                && object.get("type") instanceof JsonString type) {
            String name = union.cases().get(type.value());
            return name == null ? json : named(json, name);
        }
        if (schema instanceof Listing listing && json instanceof JsonArray array) {
            return new JsonArray(array.items().stream()
                    .map(item -> of(item, listing.items()))
                    .toList());
        }
        if (schema instanceof Dictionary dictionary && json instanceof JsonObject object) {
            Map<String, Json> members = new LinkedHashMap<>();
            object.members().forEach((name, value) -> members.put(name, of(value, dictionary.values())));
            return new JsonObject(members);
        }
        return schema instanceof Struct struct ? object(json, struct, List.of()) : json;
    }

    private Json named(Json json, String name) {
        Schema schema = types.get(name);
        if (schema instanceof Struct struct) {
            return object(json, struct, edits.getOrDefault(name, List.of()));
        }
        return schema == null ? json : of(json, schema);
    }

    /** An object of a schema, with the edits of its type. */
    Json object(Json json, Struct struct, List<Edit> own) {
        if (!(json instanceof JsonObject object)) {
            return json;
        }
        Map<String, Json> members = new LinkedHashMap<>(object.members());
        for (Property property : struct.properties()) {
            members.computeIfPresent(property.name(), (name, value) -> of(value, property.schema()));
        }
        for (int i = 0; i < own.size(); i++) {
            if (up) {
                raise(members, own.get(i));
            } else {
                lower(members, own.get(own.size() - 1 - i));
            }
        }
        return new JsonObject(members);
    }

    private static void raise(Map<String, Json> members, Edit edit) {
        if (edit instanceof Renamed renamed) {
            rename(members, renamed.from(), renamed.to());
        } else if (edit instanceof Introduced introduced && introduced.whenAbsent() != null) {
            members.putIfAbsent(introduced.name(), introduced.whenAbsent());
        } else if (edit instanceof Dropped dropped) {
            members.remove(dropped.name());
        } else if (edit instanceof Retyped retyped) {
            members.computeIfPresent(retyped.name(), (name, value) -> apply(retyped.up(), value));
        }
    }

    private static void lower(Map<String, Json> members, Edit edit) {
        if (edit instanceof Renamed renamed) {
            rename(members, renamed.to(), renamed.from());
        } else if (edit instanceof Introduced introduced) {
            members.remove(introduced.name());
        } else if (edit instanceof Dropped dropped) {
            members.put(dropped.name(), dropped.shownToOlder());
        } else if (edit instanceof Retyped retyped) {
            members.computeIfPresent(retyped.name(), (name, value) -> apply(retyped.down(), value));
        }
    }

    private static Json apply(UnaryOperator<Json> change, Json value) {
        return value instanceof JsonNull ? value : change.apply(value);
    }

    /** Keeps the member's place. */
    private static void rename(Map<String, Json> members, String from, String to) {
        if (members.containsKey(from)) {
            Map<String, Json> renamed = new LinkedHashMap<>();
            members.forEach((name, value) -> renamed.put(name.equals(from) ? to : name, value));
            members.clear();
            members.putAll(renamed);
        }
    }
}
