package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.api.Schema.Struct;
import dev.matrix.core.api.SchemaCheck.Terms;
import dev.matrix.core.api.VersionChange.Edit;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.wire.ApiVersion;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The named schemas of every version and direction. Immutable once compiled. */
final class SchemaShelf {

    private final VersionLadder ladder;
    private final JsonCodec codec;
    private final Map<ApiVersion, Map<Direction, Terms>> terms = new HashMap<>();

    SchemaShelf(VersionLadder ladder, JsonCodec codec, Map<Direction, TypeSchemas> newest) {
        this.ladder = ladder;
        this.codec = codec;
        for (Direction direction : Direction.values()) {
            Map<String, Schema> types = newest.get(direction) == null
                    ? Map.of()
                    : newest.get(direction).named();
            List<ApiVersion> versions = ladder.ascending();
            for (int i = versions.size() - 1; i >= 0; i--) {
                shelve(versions.get(i), direction, types);
                if (direction != Direction.EVENT) {
                    types = SchemaEdits.down(types, ladder.edits(versions.get(i)), direction);
                }
            }
        }
    }

    private void shelve(ApiVersion version, Direction direction, Map<String, Schema> types) {
        terms.computeIfAbsent(version, v -> new EnumMap<>(Direction.class)).put(direction, new Terms(types, codec));
    }

    Terms terms(ApiVersion version, Direction direction) {
        return terms.getOrDefault(version, Map.of()).getOrDefault(direction, new Terms(Map.of(), codec));
    }

    Map<String, Schema> types(ApiVersion version, Direction direction) {
        return terms(version, direction).types();
    }

    /** Whether JSON of these schemas changes anywhere between that version and the newest. */
    boolean changed(ApiVersion since, Direction direction, @Nullable String root, Collection<Schema> schemas) {
        Set<String> edited = new HashSet<>();
        for (ApiVersion version : ladder.ascending()) {
            if (version.compareTo(since) > 0) {
                edited.addAll(ladder.edits(version).keySet());
            }
        }
        if (edited.isEmpty()) {
            return false;
        }
        Set<String> reached = new HashSet<>();
        schemas.forEach(schema -> SchemaNames.reach(schema, types(ladder.newest(), direction), reached));
        return (root != null && edited.contains(root)) || !Collections.disjoint(edited, reached);
    }

    /** A request's members, from that version's shape to the newest. */
    Json raise(Json json, ApiVersion from, String root, Map<ApiVersion, Struct> roots) {
        Json raised = json;
        ApiVersion former = from;
        for (ApiVersion version : ladder.ascending()) {
            if (version.compareTo(from) > 0) {
                Map<String, List<Edit>> edits = ladder.edits(version);
                Struct struct = requireNonNull(roots.get(former), "every version has its root");
                raised = new JsonEdits(types(former, Direction.IN), edits, true)
                        .object(raised, struct, edits.getOrDefault(root, List.of()));
                former = version;
            }
        }
        return raised;
    }

    /** A request's values, from the newest shape to that version's: for examples. */
    Json lower(Json json, ApiVersion to, String root, Map<ApiVersion, Struct> roots) {
        Json lowered = json;
        List<ApiVersion> versions = ladder.ascending();
        for (int i = versions.size() - 1; i >= 0 && versions.get(i).compareTo(to) > 0; i--) {
            ApiVersion version = versions.get(i);
            Map<String, List<Edit>> edits = ladder.edits(version);
            Struct struct = requireNonNull(roots.get(version), "every version has its root");
            lowered = new JsonEdits(types(version, Direction.IN), edits, false)
                    .object(lowered, struct, edits.getOrDefault(root, List.of()));
        }
        return lowered;
    }

    /** A pointer into a request, which is of the newest shape, from the newest names to that version's. */
    String lower(String pointer, Json json, ApiVersion to, String root, Map<ApiVersion, Struct> roots) {
        String lowered = pointer;
        Json at = json;
        List<ApiVersion> versions = ladder.ascending();
        for (int i = versions.size() - 1; i >= 0 && versions.get(i).compareTo(to) > 0; i--) {
            ApiVersion version = versions.get(i);
            Map<String, Schema> types = types(version, Direction.IN);
            Map<String, List<Edit>> edits = ladder.edits(version);
            Struct struct = requireNonNull(roots.get(version), "every version has its root");
            lowered = new PointerEdits(types, edits).lower(lowered, at, root, struct);
            at = new JsonEdits(types, edits, false).object(at, struct, edits.getOrDefault(root, List.of()));
        }
        return lowered;
    }

    /** A reply, from the newest shape to that version's. */
    Json lower(Json json, ApiVersion to, Schema newest) {
        Json lowered = json;
        List<ApiVersion> versions = ladder.ascending();
        for (int i = versions.size() - 1; i >= 0 && versions.get(i).compareTo(to) > 0; i--) {
            ApiVersion version = versions.get(i);
            lowered = new JsonEdits(types(version, Direction.OUT), ladder.edits(version), false).of(lowered, newest);
        }
        return lowered;
    }
}
