package dev.matrix.core.api;

import dev.matrix.core.api.VersionChange.Dropped;
import dev.matrix.core.api.VersionChange.Edit;
import dev.matrix.core.api.VersionChange.Introduced;
import dev.matrix.core.api.VersionChange.OperationRemoved;
import dev.matrix.core.api.VersionChange.Renamed;
import dev.matrix.core.api.VersionChange.Retyped;
import dev.matrix.core.wire.ApiVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The versions and what each changed, by component type. Immutable. */
final class VersionLadder {

    private final List<ApiVersion> ascending;
    private final List<VersionChange> changes;
    private final Map<ApiVersion, Map<String, List<Edit>>> edits = new HashMap<>();
    private final Map<String, ApiVersion> removed = new HashMap<>();

    VersionLadder(List<VersionChange> all, Faults faults) {
        TreeSet<ApiVersion> versions = new TreeSet<>(List.of(ApiVersion.FIRST));
        for (VersionChange change : all) {
            if (change.version().compareTo(ApiVersion.FIRST) <= 0) {
                faults.add("version " + change.version(), "changes come after the first version, " + ApiVersion.FIRST);
            }
            versions.add(change.version());
            Map<String, List<Edit>> byType = edits.computeIfAbsent(change.version(), v -> new HashMap<>());
            for (Edit edit : change.edits()) {
                if (edit instanceof OperationRemoved gone) {
                    removed.put(gone.id(), change.version());
                } else {
                    byType.computeIfAbsent(typeOf(edit), t -> new ArrayList<>()).add(edit);
                }
            }
        }
        this.ascending = List.copyOf(versions);
        this.changes = all.stream()
                .sorted(Comparator.comparing(VersionChange::version).reversed())
                .toList();
    }

    private static String typeOf(Edit edit) {
        if (edit instanceof Renamed renamed) {
            return renamed.type();
        }
        if (edit instanceof Introduced introduced) {
            return introduced.type();
        }
        if (edit instanceof Dropped dropped) {
            return dropped.type();
        }
        if (edit instanceof Retyped retyped) {
            return retyped.type();
        }
        throw new IllegalArgumentException("An edit of an operation has no type.");
    }

    /** Every version, oldest first. */
    List<ApiVersion> ascending() {
        return ascending;
    }

    ApiVersion newest() {
        return ascending.get(ascending.size() - 1);
    }

    /** Every change, newest first. */
    List<VersionChange> changes() {
        return changes;
    }

    /** What a version changed, by type. */
    Map<String, List<Edit>> edits(ApiVersion version) {
        return edits.getOrDefault(version, Map.of());
    }

    /** The first version without the operation; null: every one has it. */
    @Nullable
    ApiVersion removal(String operation) {
        return removed.get(operation);
    }

    Set<String> removedOperations() {
        return removed.keySet();
    }

    /** Types that edits name. */
    Set<String> editedTypes() {
        Set<String> types = new TreeSet<>();
        edits.values().forEach(byType -> types.addAll(byType.keySet()));
        return types;
    }
}
