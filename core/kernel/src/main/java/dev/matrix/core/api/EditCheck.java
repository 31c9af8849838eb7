package dev.matrix.core.api;

import dev.matrix.core.api.Schema.Struct;
import dev.matrix.core.api.VersionChange.Dropped;
import dev.matrix.core.api.VersionChange.Edit;
import dev.matrix.core.api.VersionChange.Introduced;
import dev.matrix.core.api.VersionChange.Renamed;
import dev.matrix.core.api.VersionChange.Retyped;
import dev.matrix.core.wire.ApiVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that edits name types and members that their version has: another would change nothing, and nobody would notice. */
record EditCheck(VersionLadder ladder, Faults faults) {

    /** @param newest the objects of each type, as requests and as replies */
    void check(Map<String, List<Struct>> newest) {
        Map<String, List<Struct>> types = new HashMap<>(newest);
        List<ApiVersion> versions = ladder.ascending();
        for (int i = versions.size() - 1; i >= 0; i--) {
            ApiVersion version = versions.get(i);
            ladder.edits(version)
                    .forEach((type, edits) -> types.computeIfPresent(
                            type, (name, structs) -> older(structs, edits, "change of " + name + " in " + version)));
        }
        for (String type : ladder.editedTypes()) {
            if (!newest.containsKey(type)) {
                faults.add("change of " + type, "there is no such type");
            }
        }
    }

    private List<Struct> older(List<Struct> newer, List<Edit> edits, String where) {
        List<Struct> structs = newer;
        for (int i = edits.size() - 1; i >= 0; i--) {
            Edit edit = edits.get(i);
            String member = member(edit);
            boolean there = structs.stream()
                    .flatMap(struct -> struct.properties().stream())
                    .anyMatch(property -> property.name().equals(member));
            if (there == edit instanceof Dropped) {
                faults.add(where, there ? "it still has the member " + member : "it has no member " + member);
            }
            structs = structs.stream()
                    .map(struct -> SchemaEdits.down(struct, List.of(edit), Direction.IN))
                    .toList();
        }
        return structs;
    }

    /** What the newer version calls the member; of one that was dropped, what the older one calls it. */
    private static String member(Edit edit) {
        if (edit instanceof Renamed renamed) {
            return renamed.to();
        } else if (edit instanceof Introduced introduced) {
            return introduced.name();
        } else if (edit instanceof Retyped retyped) {
            return retyped.name();
        }
        return edit instanceof Dropped dropped ? dropped.name() : "";
    }
}
