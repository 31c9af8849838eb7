package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.json.Json;
import dev.matrix.core.wire.ApiVersion;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a version changed for callers, in terms that requests and replies are translated by. An edit names the component
 * type as the schemas do and applies at any depth: requests of older versions go up through it, replies and problems down.
 *
 * @param version the version that begins with this change, after {@link ApiVersion#FIRST}
 * @param summary one sentence for the change log
 * @param edits applied in this order upwards, in reverse downwards
 */
public record VersionChange(ApiVersion version, String summary, List<Edit> edits) {

    public VersionChange {
        requireNonNull(version, "version");
        requireNonNull(summary, "summary");
        edits = List.copyOf(edits);
    }

    /** One difference between the version before and this one. */
    public sealed interface Edit {}

    /** The member {@code from} is called {@code to} since this version. */
    public record Renamed(String type, String from, String to) implements Edit {}

    /**
     * The member is new in this version; older replies lack it.
     *
     * @param whenAbsent its value in requests of older versions; null: absent there too
     */
    public record Introduced(
            String type, String name, @Nullable Json whenAbsent) implements Edit {}

    /**
     * The member is gone since this version; older requests may send it in vain.
     *
     * @param shownToOlder its value in older replies; its kind of JSON is the older schema
     */
    public record Dropped(String type, String name, Json shownToOlder) implements Edit {}

    /**
     * The member has another form since this version.
     *
     * @param oldSchema the form before
     * @param up the older form's value as the newer one's
     * @param down the newer form's value as the older one's
     */
    public record Retyped(String type, String name, Schema oldSchema, UnaryOperator<Json> up, UnaryOperator<Json> down)
            implements Edit {}

    /** The operation answers 410 operation_retired since this version. */
    public record OperationRemoved(String id) implements Edit {}
}
