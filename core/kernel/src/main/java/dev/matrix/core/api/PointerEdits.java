package dev.matrix.core.api;

import dev.matrix.core.api.Schema.Dictionary;
import dev.matrix.core.api.Schema.Listing;
import dev.matrix.core.api.Schema.Maybe;
import dev.matrix.core.api.Schema.Property;
import dev.matrix.core.api.Schema.Reference;
import dev.matrix.core.api.Schema.Struct;
import dev.matrix.core.api.VersionChange.Edit;
import dev.matrix.core.api.VersionChange.Renamed;
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

    String lower(String pointer, String root, Struct struct) {
        if (pointer.isEmpty() || edits.isEmpty()) {
            return pointer;
        }
        StringBuilder lowered = new StringBuilder();
        String type = root;
        Schema at = struct;
        for (String step : pointer.substring(1).split("/", -1)) {
            lowered.append('/').append(older(step, type));
            at = child(at, step);
            while (at instanceof Maybe || at instanceof Reference) {
                type = at instanceof Reference reference ? reference.name() : type;
                at = at instanceof Maybe maybe ? maybe.of() : types.get(type);
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
