package dev.matrix.core.api;

import dev.matrix.core.api.Schema.Dictionary;
import dev.matrix.core.api.Schema.Listing;
import dev.matrix.core.api.Schema.Maybe;
import dev.matrix.core.api.Schema.Property;
import dev.matrix.core.api.Schema.Reference;
import dev.matrix.core.api.Schema.Struct;
import dev.matrix.core.api.Schema.Union;
import dev.matrix.core.api.VersionChange.Edit;
import dev.matrix.core.api.VersionChange.Renamed;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes JSON pointers into requests one version down: members that were renamed get their older names.
 *
 * @param types the schemas of the newer version
 * @param edits of the newer version, by type
 */
record PointerEdits(Map<String, Schema> types, Map<String, List<Edit>> edits) {

    /**
     * The pointer in the older version's names.
     *
     * @param json what it points into, in the newer version's shape: it says which case of a sealed type stands where
     */
    String lower(String pointer, Json json, String root, Struct struct) {
        if (pointer.isEmpty() || edits.isEmpty()) {
            return pointer;
        }
        StringBuilder lowered = new StringBuilder();
        String type = root;
        Schema at = struct;
        Json value = json;
        for (String step : pointer.substring(1).split("/", -1)) {
            lowered.append('/').append(older(step, type));
            at = child(at, step);
            value = child(value, step);
            while (at instanceof Maybe || at instanceof Reference || at instanceof Union) {
                if (at instanceof Maybe maybe) {
                    at = maybe.of();
                } else {
                    type = at instanceof Union union ? caseOf(union, value) : ((Reference) at).name();
                    at = types.get(type);
                }
            }
            type = at instanceof Struct ? type : "";
        }
        return lowered.toString();
    }

    private String older(String step, String type) {
        for (Edit edit : edits.getOrDefault(type, List.of())) {
            if (edit instanceof Renamed renamed && renamed.to().equals(step)) {
                return renamed.from();
            }
        }
        return step;
    }

    private static String caseOf(Union union, @Nullable Json value) {
        return value instanceof JsonObject object && object.get("type") instanceof JsonString type
                ? union.cases().getOrDefault(type.value(), "")
                : "";
    }

    private static @Nullable Json child(@Nullable Json at, String step) {
        if (at instanceof JsonObject object) {
            return object.get(step);
        }
        return at instanceof JsonArray array
                        && step.matches("[0-9]{1,9}")
                        && Integer.parseInt(step) < array.items().size()
                ? array.items().get(Integer.parseInt(step))
                : null;
    }

    private static @Nullable Schema child(@Nullable Schema at, String step) {
        if (at instanceof Listing listing) {
            return listing.items();
        }
        if (at instanceof Dictionary dictionary) {
            return dictionary.values();
        }
        if (at instanceof Struct struct) {
            return struct.properties().stream()
                    .filter(p -> p.name().equals(step))
                    .map(Property::schema)
                    .findFirst()
                    .orElse(null);
        }
        return null;
    }
}
